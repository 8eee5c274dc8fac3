package io.mealexpense.query.logstate;

import io.mealexpense.query.readmodel.AtLeast;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The state of the log: for everybody whether it takes events, for administrators what they have to know. */
@RestController
@RequestMapping("/api/v1/log")
@Tag(name = "Operations")
class LogStateController {

    private final LogStateQueries queries;

    LogStateController(LogStateQueries queries) {
        this.queries = queries;
    }

    /**
     * Tells whether anything can be recorded.
     *
     * @param atLeast checked for its form and otherwise without meaning: this answer is how things are, at any moment
     */
    @GetMapping
    @PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR', 'ADMIN')")
    @Operation(
            operationId = "getLogState",
            summary = "Whether anything can be recorded, or the log waits for a declaration")
    LogState state(AtLeast atLeast) {
        return queries.state();
    }

    /** Tells what was restored, and what is known to be lost. */
    @GetMapping("/recovery")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "getRestoredLog", summary = "What an administrator decides on who declares a recovery")
    RestoredLog restored(AtLeast atLeast) {
        return queries.restored();
    }
}
