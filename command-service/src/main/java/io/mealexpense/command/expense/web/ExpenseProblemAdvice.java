package io.mealexpense.command.expense.web;

import io.mealexpense.command.expense.ExpenseRefused;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.Problems;
import io.mealexpense.edge.version.Version;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What each refusal means in HTTP; a new one does not compile until it has an answer. */
@RestControllerAdvice("io.mealexpense.command.expense")
@Order(0)
class ExpenseProblemAdvice {

    @ExceptionHandler
    ResponseEntity<Problem> handle(ExpenseRefused refused) {
        return switch (refused) {
            case ExpenseRefused.NotYours it -> Problems.answer(ProblemType.NOT_FOUND, null); // like an absent one
            case ExpenseRefused.AlreadyDeleted it -> answer(ProblemType.ALREADY_DELETED, it, it.version());
            case ExpenseRefused.StaleVersion it -> answer(ProblemType.STALE_VERSION, it, it.version());
            case ExpenseRefused.NotDeleted it -> answer(ProblemType.CONFLICT, it, it.version());
            case ExpenseRefused.SpentInTheFuture it -> answer(ProblemType.SPENT_IN_THE_FUTURE, it, "spentOn");
            case ExpenseRefused.UnknownCategory it -> answer(ProblemType.UNKNOWN_CATEGORY, it, "categoryId");
            case ExpenseRefused.UnknownRestaurant it -> answer(ProblemType.UNKNOWN_RESTAURANT, it, "restaurantId");
        };
    }

    private static ResponseEntity<Problem> answer(ProblemType type, ExpenseRefused refused, String field) {
        var why = String.valueOf(refused.getMessage());
        return Problems.answer(type, why, List.of(new FieldError(field, why)), HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Problem> answer(ProblemType type, ExpenseRefused refused, long version) {
        var headers = new HttpHeaders();
        headers.setETag(Version.etag(version));
        return Problems.answer(type, refused.getMessage(), List.of(), headers);
    }
}
