package io.mealexpense.query.audittrail;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.web.Owners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, when and why. */
@RestController
@RequestMapping("/api/v1")
class AuditTrailController {

    private final AuditTrailQueries queries;

    AuditTrailController(AuditTrailQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/expenses/{id}/history")
    @PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
    @Tag(name = "Expenses")
    @Operation(
            operationId = "getExpenseHistory",
            summary = "What happened to an expense, oldest first; after its deletion too")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "Absent, or not yours")
    ExpenseHistory history(@PathVariable UUID id, Actor actor, AtLeast atLeast) {
        return queries.history(id, Owners.of(actor), atLeast).orElseThrow(ProblemException::notFound);
    }

    @GetMapping("/audit/events")
    @PreAuthorize("hasRole('AUDITOR')")
    @Tag(name = "Audit")
    @Operation(operationId = "listAuditEvents", summary = "Every event, newest first")
    AuditEvents events(@ParameterObject AuditParameters parameters, AtLeast atLeast) {
        return queries.events(parameters, atLeast);
    }
}
