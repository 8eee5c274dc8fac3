package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.expenseimport.ImportRefused;
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
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** What each refusal of an import means in HTTP, and how large a file may be. */
@RestControllerAdvice("io.mealexpense.command.expenseimport")
@Order(0)
class ExpenseImportProblemAdvice {

    @ExceptionHandler
    ResponseEntity<Problem> handle(ImportRefused refused) {
        return switch (refused) {
            case ImportRefused.NotYours it -> Problems.answer(ProblemType.NOT_FOUND, null); // like an absent one
            case ImportRefused.NothingToUndo it -> Problems.answer(ProblemType.CONFLICT, it.getMessage());
            case ImportRefused.AlreadyUndone it -> {
                var headers = new HttpHeaders();
                headers.setETag(Version.etag(it.version()));
                yield Problems.answer(ProblemType.GONE, it.getMessage(), List.of(), headers);
            }
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MaxUploadSizeExceededException tooLarge) {
        return Problems.answer(
                ProblemType.TOO_LARGE,
                "A file may have at most 5 MB and 20,000 rows. Nothing was recorded; send it in parts.");
    }
}
