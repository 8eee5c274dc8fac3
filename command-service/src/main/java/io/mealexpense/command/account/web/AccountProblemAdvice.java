package io.mealexpense.command.account.web;

import io.mealexpense.command.account.AccountRefused;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.Problems;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What each refusal of an account means in HTTP. */
@RestControllerAdvice("io.mealexpense.command.account")
@Order(0)
class AccountProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(AccountProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> handle(AccountRefused refused) {
        return switch (refused) {
            case AccountRefused.NotAllowed it -> Problems.answer(ProblemType.FORBIDDEN, it.getMessage());
            case AccountRefused.OwnAdministration it -> Problems.answer(ProblemType.REFUSED, it.getMessage());
            case AccountRefused.NothingToChange it -> Problems.answer(ProblemType.CONFLICT, it.getMessage());
            case AccountRefused.Overtaken it -> Problems.answer(ProblemType.CONFLICT, it.getMessage());
        };
    }

    /** The directory cannot be reached, or was too slow; asking again is right. */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<Problem> handle(RuntimeException unavailable) {
        log.error("The directory is unavailable", unavailable);
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return Problems.answer(ProblemType.BUSY, "The accounts cannot be reached at the moment.", List.of(), headers);
    }
}
