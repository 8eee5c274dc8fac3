package io.mealexpense.command.expenseimport.web;

import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.Problems;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** Says how large a file may be. */
@RestControllerAdvice("io.mealexpense.command.expenseimport")
@Order(0)
class ExpenseImportProblemAdvice {

    @ExceptionHandler
    ResponseEntity<Problem> handle(MaxUploadSizeExceededException tooLarge) {
        return Problems.answer(
                ProblemType.TOO_LARGE,
                "A file may have at most 5 MB and 20,000 rows. Nothing was recorded; send it in parts.");
    }
}
