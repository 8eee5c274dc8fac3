package io.mealexpense.query.audittrail;

import io.mealexpense.events.EventCatalogue;
import io.mealexpense.query.web.QueryParameters;
import io.mealexpense.query.web.Where;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which events an auditor asks for. */
record AuditParameters(
        @Parameter(description = "Who did it: an account's id, or `system`") @Nullable
        String actorId,

        @Parameter(description = "What it was about: an expense, category, account or import") @Nullable
        UUID subjectId,

        @Parameter(description = "Whose it was") @Nullable UUID ownerId,

        @Parameter(description = "Any of these events", example = "MealExpenseAmended")
        Set<String> type,

        @Parameter(description = "First moment, inclusive") @Nullable
        Instant from,

        @Parameter(description = "Last moment, inclusive") @Nullable
        Instant to,

        @Parameter(description = "The request that caused it") @Nullable
        String requestId,

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
        if (type.stream().anyMatch(name -> EventCatalogue.typeOf(name).isEmpty())) {
            refuse.accept("type", "is not an event of this product");
        }
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
    }

    int pageSize() {
        return limit == null ? 50 : limit;
    }

    /** The same text for the same filter. */
    String canonical() {
        return List.of(
                        "audit",
                        String.valueOf(actorId),
                        String.valueOf(subjectId),
                        String.valueOf(ownerId),
                        type.stream().sorted().toList().toString(),
                        String.valueOf(from),
                        String.valueOf(to),
                        String.valueOf(requestId))
                .toString();
    }

    Where where() {
        return new Where()
                .and("actor_id = :actor", "actor", actorId)
                .and("aggregate_id = :subject", "subject", subjectId)
                .and("owner_id = :owner", "owner", ownerId)
                .and("event IN (:types)", "types", type)
                .and("at >= :from", "from", from == null ? null : from.atOffset(ZoneOffset.UTC))
                .and("at <= :to", "to", to == null ? null : to.atOffset(ZoneOffset.UTC))
                .and("request_id = :request", "request", requestId);
    }
}
