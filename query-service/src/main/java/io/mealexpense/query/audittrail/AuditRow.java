package io.mealexpense.query.audittrail;

import io.mealexpense.events.AccountEvent;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.ImportApplied;
import io.mealexpense.events.ImportUndone;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.ProjectionEvent;
import io.mealexpense.events.RecoveryEvent;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventJson;
import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.query.readmodel.EventOwner;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        JsonNode metadata) {

    private static final JsonMapper JSON = EventJson.mapper();
    private static final Serializer TYPES = EventSerializer.create();

    static AuditRow of(StoredEvent event, DomainEventMessage<?> message, long position) {
        var type = TYPES.typeForClass(event.getClass());
        var metadata = message.getMetaData();
        return new AuditRow(
                position,
                UUID.fromString(message.getIdentifier()),
                message.getType(),
                UUID.fromString(message.getAggregateIdentifier()),
                message.getSequenceNumber(),
                type.getName(),
                String.valueOf(type.getRevision()),
                message.getTimestamp(),
                EventOwner.of(event),
                (String) metadata.get(EventMetadata.ACTOR_ID),
                (String) metadata.get(EventMetadata.REQUEST_ID),
                reasonOf(event),
                JSON.valueToTree(event),
                JSON.valueToTree(metadata));
    }

    private static @Nullable String reasonOf(StoredEvent event) {
        return switch (event) {
            case MealExpenseAmended amended -> amended.reason();
            case MealExpenseDeleted deleted -> deleted.reason();
            case MealExpenseRestored restored -> restored.reason();
            case ProjectionEvent act -> act.reason();
            case RecoveryEvent act -> act.reason();
            case MealExpenseRecorded recorded -> null;
            case CategoryEvent category -> null;
            case ImportUndone undone -> undone.reason();
            case ImportApplied applied -> null;
            case AccountEvent account -> null;
        };
    }

    /** Whether both say the same, however their JSON is spelt. */
    boolean saysTheSameAs(AuditRow other) {
        return withoutJson().equals(other.withoutJson())
                && spelt(payload).equals(spelt(other.payload))
                && spelt(metadata).equals(spelt(other.metadata));
    }

    private AuditRow withoutJson() {
        return new AuditRow(
                position,
                eventId,
                aggregateType,
                aggregateId,
                sequence,
                event,
                revision,
                at,
                ownerId,
                actorId,
                requestId,
                reason,
                JSON.nullNode(),
                JSON.nullNode());
    }

    /** Numbers that were never text have other types than those that were read. */
    private static JsonNode spelt(JsonNode tree) {
        return Objects.requireNonNull(JSON.readTree(JSON.writeValueAsString(tree)));
    }
}
