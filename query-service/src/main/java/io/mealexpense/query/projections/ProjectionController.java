package io.mealexpense.query.projections;

import io.mealexpense.query.readmodel.AtLeast;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The read models as operators see them. */
@RestController
@RequestMapping("/api/v1/projections")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Operations")
class ProjectionController {

    private final ProjectionQueries queries;
    private final DeadLetterQueries letters;

    ProjectionController(ProjectionQueries queries, DeadLetterQueries letters) {
        this.queries = queries;
        this.letters = letters;
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

    /** Tells what a projection has put aside. */
    @GetMapping("/{name}/dead-letters")
    @Operation(operationId = "listDeadLetters", summary = "Events that a read model could not take, oldest first")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "No such projection")
    DeadLetterList letters(@PathVariable String name, AtLeast atLeast) {
        return letters.of(name, atLeast);
    }
}
