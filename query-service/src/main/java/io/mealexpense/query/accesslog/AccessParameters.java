package io.mealexpense.query.accesslog;

import io.mealexpense.query.web.QueryParameters;
import io.mealexpense.query.web.Where;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which reads. */
record AccessParameters(
        @Parameter(description = "Who read") @Nullable UUID accountId,

        @Parameter(description = "Which operation", example = "/api/v1/expenses/{id}/history") @Nullable
        String route,

        @Parameter(description = "First moment, inclusive") @Nullable
        Instant from,

        @Parameter(description = "Last moment, inclusive") @Nullable
        Instant to,

        @Parameter(description = "`X-Request-Id` of the answer") @Nullable
        String traceId,

        @Parameter(description = "`nextCursor` of the page before, with the same filter") @Nullable
        String cursor,

        @Min(1)
        @Max(200)
        @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "50"))
        @Nullable
        Integer limit)
        implements QueryParameters {

    @Override
    public void check(BiConsumer<String, String> refuse) {
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
    }

    int pageSize() {
        return limit == null ? 50 : limit;
    }

    /** The same text for the same filter. */
    String canonical() {
        return Stream.of("accesses", accountId, route, from, to, traceId)
                .map(String::valueOf)
                .toList()
                .toString();
    }

    Where where() {
        return new Where()
                .and("account_id = :account", "account", accountId)
                .and("route = :route", "route", route)
                .and("at >= :from", "from", from == null ? null : from.atOffset(ZoneOffset.UTC))
                .and("at <= :to", "to", to == null ? null : to.atOffset(ZoneOffset.UTC))
                .and("trace_id = :trace", "trace", traceId);
    }
}
