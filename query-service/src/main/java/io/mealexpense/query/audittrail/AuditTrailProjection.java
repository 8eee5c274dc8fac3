package io.mealexpense.query.audittrail;

import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.AppendedTable;
import io.mealexpense.query.readmodel.ReadModelTable;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every event, whatever it is about. */
@Component
@ProcessingGroup(AuditTrailProjection.GROUP)
class AuditTrailProjection implements Projection {

    static final String GROUP = "audit-trail";

    private final AppendedTable<AuditRow> entries;

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
        entries.add(AuditRow.of(event, message, token.position().orElseThrow()));
    }
}
