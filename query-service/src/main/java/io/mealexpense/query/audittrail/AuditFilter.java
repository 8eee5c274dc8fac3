package io.mealexpense.query.audittrail;

import io.mealexpense.events.EventCatalogue;
import io.mealexpense.query.web.Where;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which events, whether page by page or as a file. */
record AuditFilter(
        @Nullable String actorId,
        Set<UUID> subjectId,
        @Nullable UUID ownerId,
        Set<String> type,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String requestId,
        @Nullable String correlationId) {

    void check(BiConsumer<String, String> refuse) {
        if (type.stream().anyMatch(name -> EventCatalogue.typeOf(name).isEmpty())) {
            refuse.accept("type", "is not an event of this product");
        }
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
    }

    /** The same text for the same filter. */
    String canonical() {
        return Stream.of(
                        "audit",
                        actorId,
                        subjectId.stream().sorted().toList(),
                        ownerId,
                        type.stream().sorted().toList(),
                        from,
                        to,
                        requestId,
                        correlationId)
                .map(String::valueOf)
                .toList()
                .toString();
    }

    /** Whether every event is meant. */
    boolean everything() {
        return actorId == null
                && subjectId.isEmpty()
                && ownerId == null
                && type.isEmpty()
                && from == null
                && to == null
                && requestId == null
                && correlationId == null;
    }

    Where where() {
        return new Where()
                .and("actor_id = :actor", "actor", actorId)
                .and("aggregate_id IN (:subjects)", "subjects", List.copyOf(subjectId))
                .and("owner_id = :owner", "owner", ownerId)
                .and("event IN (:types)", "types", type)
                .and("at >= :from", "from", from == null ? null : from.atOffset(ZoneOffset.UTC))
                .and("at <= :to", "to", to == null ? null : to.atOffset(ZoneOffset.UTC))
                .and("request_id = :request", "request", requestId)
                .and("metadata ->> 'correlationId' = :correlation", "correlation", correlationId);
    }
}
