package io.mealexpense.query.audittrail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An event as the trail keeps it. */
record AuditRow(
        long position,
        UUID eventId,
        String aggregateType,
        UUID aggregateId,
        long sequence,
        String event,
        String revision,
        Instant at,
        @Nullable UUID ownerId,
        @Nullable String actorId,
        @Nullable String requestId,
        @Nullable String reason,
        JsonNode payload,
        JsonNode metadata) {}
