package io.mealexpense.query.rebuild;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds of read models, for operators. */
@RestController
@RequestMapping("/api/v1/rebuilds")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Operations")
class RebuildController {

    private final RebuildQueries queries;

    RebuildController(RebuildQueries queries) {
        this.queries = queries;
    }

    /** Which page. */
    record Parameters(
            @Parameter(description = "Of the page before") @Nullable
            String cursor,

            @Min(1)
            @Max(200)
            @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "20"))
            @Nullable
            Integer limit)
            implements QueryParameters {}

    @GetMapping
    @Operation(operationId = "listRebuilds", summary = "Rebuilds of read models, newest first")
    Rebuilds list(@ParameterObject Parameters parameters, AtLeast atLeast) {
        return queries.list(parameters.cursor(), parameters.limit() == null ? 20 : parameters.limit(), atLeast);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getRebuild", summary = "A rebuild and how far it is")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "No such rebuild")
    Rebuilds.Rebuild get(@PathVariable UUID id, AtLeast atLeast) {
        return queries.find(id, atLeast).orElseThrow(ProblemException::notFound);
    }
}
