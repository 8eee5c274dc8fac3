package io.mealexpense.query.accesslog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who read what. */
@RestController
@RequestMapping("/api/v1/audit/accesses")
@PreAuthorize("hasAnyRole('AUDITOR', 'ADMIN')")
@Tag(name = "Audit")
class AccessController {

    private final AccessQueries queries;

    AccessController(AccessQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    @Operation(
            operationId = "listAccesses",
            summary = "What auditors read, newest first",
            description =
                    "Every read by an auditor, and every read of this list, is written down before it is answered."
                            + " Nobody can change or remove an entry.")
    Accesses list(@ParameterObject AccessParameters parameters) {
        return queries.list(parameters);
    }
}
