package io.mealexpense.query.accesslog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the access log, newest first.
 *
 * @param nextCursor continues it; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Accesses(List<Access> items, @Nullable String nextCursor) {

    /**
     * One read.
     *
     * @param entry its number; a later read has a higher one
     * @param accountId who read
     * @param roles held at that moment
     * @param route the operation, as this document spells its path
     * @param path as it was asked for
     * @param filter parameters as they were sent, by name
     * @param traceId {@code X-Request-Id} of the answer
     */
    @Schema(requiredProperties = {"entry", "at", "accountId", "roles", "client", "route", "path", "filter", "traceId"})
    record Access(
            @Schema(minimum = "1") long entry,
            Instant at,
            UUID accountId,
            List<String> roles,

            @Schema(allowableValues = {"web", "api"}) String client,

            @Schema(example = "/api/v1/expenses/{id}/history")
            String route,

            String path,
            Map<String, List<String>> filter,
            String traceId) {}
}
