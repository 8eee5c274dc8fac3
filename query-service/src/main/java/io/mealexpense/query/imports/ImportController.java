package io.mealexpense.query.imports;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The imports. */
@RestController
@RequestMapping("/api/v1/imports")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Expenses")
class ImportController {

    private static final int PAGE = 20;

    private final ImportQueries queries;

    ImportController(ImportQueries queries) {
        this.queries = queries;
    }

    /** Which imports of whom. */
    record Parameters(
            @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
            UUID ownerId,

            @Parameter(description = "`nextCursor` of the page before, with the same filter") @Nullable
            String cursor,

            @Min(1)
            @Max(200)
            @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "20"))
            @Nullable
            Integer limit)
            implements QueryParameters {}

    @GetMapping
    @Operation(operationId = "listImports", summary = "Files that were imported, newest first, and what each brought")
    Imports list(@ParameterObject Parameters parameters, Actor actor, AtLeast atLeast) {
        return queries.list(
                Owners.of(actor, parameters.ownerId()),
                parameters.cursor(),
                parameters.limit() == null ? PAGE : parameters.limit(),
                atLeast);
    }
}
