package io.mealexpense.command.eventstore;

import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.Problems;
import java.util.List;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the log's own refusals mean in HTTP, whatever aggregate was asked. */
@RestControllerAdvice("io.mealexpense.command")
@Order(1)
class EventStoreProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(EventStoreProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> handle(AggregateNotFoundException absent) {
        return Problems.answer(ProblemType.NOT_FOUND, null);
    }

    /** The id stands for something of another kind; for what was asked it is absent. */
    @ExceptionHandler
    ResponseEntity<Problem> handle(IncompatibleAggregateException otherKind) {
        return Problems.answer(ProblemType.NOT_FOUND, null);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(EventLogUnavailableException unavailable) {
        return busy("Nothing was recorded. Try again.", unavailable);
    }

    /** An administrator is asked, not a machine: there is no hurry to ask again. */
    @ExceptionHandler
    ResponseEntity<Problem> handle(LogClosedException closed) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "30");
        return Problems.answer(
                ProblemType.LOG_CLOSED,
                "This data was restored from a backup. Until an administrator has declared the recovery, nothing can be"
                        + " recorded.",
                List.of(),
                headers);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(LogBusyException busy) {
        return Problems.answer(ProblemType.BUSY, "Nothing was recorded. Try again.", List.of(), retryAfterASecond());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(EventLog.OutcomeUnknownException unknown) {
        return busy(
                "It may or may not have been recorded. Look before you send it again, unless it carries an id or an Idempotency-Key: then nothing is doubled.",
                unknown);
    }

    private static ResponseEntity<Problem> busy(String detail, Exception cause) {
        log.error("The event log could not be used", cause);
        return Problems.answer(ProblemType.BUSY, detail, List.of(), retryAfterASecond());
    }

    private static HttpHeaders retryAfterASecond() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return headers;
    }
}
