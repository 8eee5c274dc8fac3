package io.mealexpense.query.web;

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
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What only the read side refuses; the edge's advice tells the rest. */
@RestControllerAdvice("io.mealexpense.query")
@Order(0)
class QueryProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(QueryProblemAdvice.class);

    /**
     * The database cannot be reached, has no connection left, took too long, or was lost in the middle: then the
     * transaction cannot be ended either, which is all that is told.
     */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        TransactionSystemException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<Problem> handle(Exception busy) {
        log.warn("The read models could not be asked: {}", busy.toString());
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "2");
        return Problems.answer(
                ProblemType.BUSY, "The reports cannot be read at the moment. Ask again shortly.", List.of(), headers);
    }

    /** Not answered at all: it goes on to the container, which closes the connection. */
    @ExceptionHandler
    void handle(CutShortException halfway) {
        log.error("An answer was cut short", halfway.getCause());
        throw halfway;
    }
}
