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
import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventJson;
import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.AppendedTable;
import io.mealexpense.query.readmodel.EventOwner;
import io.mealexpense.query.readmodel.ReadModelTable;
import java.util.List;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps every event, whatever it is about. */
@Component
@ProcessingGroup(AuditTrailProjection.GROUP)
class AuditTrailProjection implements Projection {

    static final String GROUP = "audit-trail";

    private final AppendedTable<AuditRow> entries;
    private final JsonMapper json = EventJson.mapper();
    private final Serializer types = EventSerializer.create();

    AuditTrailProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        entries = new AppendedTable<>(jdbc, "audit_trail_entry", AuditRow.class);
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return entries.tables();
    }

    @EventHandler
    void on(StoredEvent event, DomainEventMessage<?> message, TrackingToken token) {
        var type = types.typeForClass(event.getClass());
        var metadata = message.getMetaData();
        entries.add(new AuditRow(
                token.position().orElseThrow(),
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
                json.valueToTree(event),
                json.valueToTree(metadata)));
    }

    private static @Nullable String reasonOf(StoredEvent event) {
        return switch (event) {
            case MealExpenseAmended amended -> amended.reason();
            case MealExpenseDeleted deleted -> deleted.reason();
            case MealExpenseRestored restored -> restored.reason();
            case ProjectionEvent act -> act.reason();
            case MealExpenseRecorded recorded -> null;
            case CategoryEvent category -> null;
            case ImportUndone undone -> undone.reason();
            case ImportApplied applied -> null;
            case AccountEvent account -> null;
        };
    }
}
