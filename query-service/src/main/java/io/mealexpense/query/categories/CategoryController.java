package io.mealexpense.query.categories;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.Coded;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The categories. */
@RestController
@RequestMapping("/api/v1/categories")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Categories")
class CategoryController {

    private final CategoryQueries queries;

    CategoryController(CategoryQueries queries) {
        this.queries = queries;
    }

    /** Which categories. */
    enum State implements Coded {
        ACTIVE,
        ARCHIVED,
        ALL;

        @Override
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which categories of whom. */
    record Parameters(
            @Parameter(schema = @Schema(implementation = State.class, defaultValue = "active")) @Nullable
            State state,

            @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
            UUID ownerId)
            implements QueryParameters {}

    @GetMapping
    @Operation(operationId = "listCategories", summary = "Categories, by name")
    Categories list(@ParameterObject Parameters parameters, Actor actor, Moment moment) {
        var archived = switch (parameters.state()) {
            case ARCHIVED -> Boolean.TRUE;
            case ALL -> null;
            case ACTIVE -> Boolean.FALSE;
            case null -> Boolean.FALSE;
        };
        return queries.list(Owners.of(actor, parameters.ownerId()), archived, moment);
    }
}
