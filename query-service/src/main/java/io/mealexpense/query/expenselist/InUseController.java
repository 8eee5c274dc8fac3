package io.mealexpense.query.expenselist;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.expense.SearchText;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.web.OwnerParameters;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is in use without being kept anywhere else: tags and places. */
@RestController
@RequestMapping("/api/v1")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Expenses")
class InUseController {

    private final ExpenseQueries queries;

    InUseController(ExpenseQueries queries) {
        this.queries = queries;
    }

    /** Parameters of the places. */
    record PlaceParameters(
            @Parameter(description = "Part of the name; case and accents do not matter") @Nullable
            String q,

            @Min(1)
            @Max(200)
            @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "50"))
            @Nullable
            Integer limit,

            @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
            UUID ownerId)
            implements QueryParameters {

        @Override
        public void check(BiConsumer<String, String> refuse) {
            if (q != null && SearchText.patterns(q).isEmpty()) {
                refuse.accept("q", "has no letter or digit");
            }
        }
    }

    @GetMapping("/tags")
    @Operation(operationId = "listTags", summary = "The tags in use, by name")
    Tags tags(@ParameterObject OwnerParameters parameters, Actor actor, AtLeast atLeast) {
        return queries.tags(Owners.of(actor, parameters.ownerId()), atLeast);
    }

    @GetMapping("/places")
    @Operation(operationId = "listPlaces", summary = "The places in use, the most recent first")
    Places places(@ParameterObject PlaceParameters parameters, Actor actor, AtLeast atLeast) {
        return queries.places(
                Owners.of(actor, parameters.ownerId()),
                parameters.q(),
                parameters.limit() == null ? 50 : parameters.limit(),
                atLeast);
    }
}
