package io.mealexpense.command.category.web;

import io.mealexpense.command.category.CategoryRefused;
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

/** What each refusal of a category means in HTTP. */
@RestControllerAdvice("io.mealexpense.command.category")
@Order(0)
class CategoryProblemAdvice {

    @ExceptionHandler
    ResponseEntity<Problem> handle(CategoryRefused refused) {
        return switch (refused) {
            case CategoryRefused.NotYours it -> Problems.answer(ProblemType.NOT_FOUND, null);
            case CategoryRefused.Archived it -> answer(ProblemType.GONE, it, it.version());
            case CategoryRefused.StaleVersion it -> answer(ProblemType.STALE_VERSION, it, it.version());
        };
    }

    private static ResponseEntity<Problem> answer(ProblemType type, CategoryRefused refused, long version) {
        var headers = new HttpHeaders();
        headers.setETag(Version.etag(version));
        return Problems.answer(type, refused.getMessage(), List.of(), headers);
    }
}
