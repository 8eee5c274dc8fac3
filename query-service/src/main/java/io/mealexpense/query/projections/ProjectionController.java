package io.mealexpense.query.projections;

import io.mealexpense.query.readmodel.AtLeast;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The read models as operators see them. */
@RestController
@RequestMapping("/api/v1/projections")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Operations")
class ProjectionController {

    private final ProjectionQueries queries;

    ProjectionController(ProjectionQueries queries) {
        this.queries = queries;
    }

    /**
     * Tells where every projection stands.
     *
     * @param atLeast checked for its form and otherwise without meaning: this answer is how far things are, at any moment
     */
    @GetMapping
    @Operation(operationId = "listProjections", summary = "How far every read model has come")
    Projections list(AtLeast atLeast) {
        return queries.status();
    }
}
