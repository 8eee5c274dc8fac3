package io.mealexpense.query.versions;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.web.Owners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How expenses came to be what they are. */
@RestController
@RequestMapping("/api/v1/expenses")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Expenses")
class VersionController {

    private final VersionQueries queries;

    VersionController(VersionQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/changes")
    @Operation(
            operationId = "listExpenseChanges",
            summary = "What differs between two moments, the last changed first",
            description = "Of the expenses that lay in the period at either moment.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "422", description = "A moment lies in the future")
    ExpenseChanges changes(@ParameterObject ChangeParameters parameters, Actor actor) {
        return queries.changes(Owners.of(actor, parameters.ownerId()), parameters);
    }

    @GetMapping("/steps")
    @Operation(
            operationId = "listExpenseSteps",
            summary = "Every event that touched a period, with what it summed up to afterwards",
            description = "Of the expenses that lay in the period before or after the event.")
    ExpenseSteps steps(@ParameterObject StepParameters parameters, Actor actor, AtLeast atLeast) {
        return queries.steps(Owners.of(actor, parameters.ownerId()), parameters, atLeast);
    }
}
