package io.mealexpense.command.operations.web;

import io.mealexpense.command.operations.RebuildRefused;
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

/** What each refusal of an operator's act means in HTTP. */
@RestControllerAdvice("io.mealexpense.command.operations")
@Order(0)
class OperationsProblemAdvice {

    @ExceptionHandler
    ResponseEntity<Problem> handle(RebuildRefused refused) {
        var type = switch (refused) {
            case RebuildRefused.Cancelled it -> ProblemType.CONFLICT;
            case RebuildRefused.Swapped it -> ProblemType.CONFLICT;
        };
        var headers = new HttpHeaders();
        headers.setETag(Version.etag(refused.version()));
        return Problems.answer(type, refused.getMessage(), List.of(), headers);
    }
}
