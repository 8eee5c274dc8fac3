package io.mealexpense.query.audittrail;

import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.LogBrokenException;
import io.mealexpense.query.eventstream.LogSource;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events exactly as the log keeps them, and as they are understood today. The trail's own rows are a copy; what an auditor
 * looks at must be what was written, so it is fetched from the log each time and kept nowhere else.
 */
@Component
class LoggedEvents {

    /**
     * An event of the log.
     *
     * @param row what the trail ought to have of it; absent if no revision of it is known here
     */
    record Logged(AuditEvents.Stored stored, @Nullable AuditRow row) {}

    private final JdbcClient log;
    private final LogSource source;

    LoggedEvents(@Qualifier("queryLogJdbcClient") JdbcClient log, LogSource source) {
        this.log = log;
        this.source = source;
    }

    /** By position; one that the log does not have is left out. */
    Map<Long, Logged> at(Collection<Long> positions) {
        var logged = new HashMap<Long, Logged>();
        log.sql("""
                        SELECT position, aggregate_type, aggregate_id, sequence, event_id, name, revision, recorded_at,
                               command_id, payload::text AS payload, metadata::text AS metadata
                          FROM event_store.domain_event
                         WHERE position = ANY (?::bigint[])
                        """)
                .param(positions.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")))
                .query(row -> {
                    var stored = new AuditEvents.Stored(
                            row.getString("name"),
                            row.getString("revision"),
                            row.getString("command_id"),
                            row.getString("payload"),
                            row.getString("metadata"));
                    var event = new LogSource.Stored(
                            row.getLong("position"),
                            row.getString("aggregate_type"),
                            row.getObject("aggregate_id", UUID.class),
                            row.getLong("sequence"),
                            row.getString("event_id"),
                            stored.name(),
                            stored.revision(),
                            row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                            stored.payload().getBytes(StandardCharsets.UTF_8),
                            stored.metadata().getBytes(StandardCharsets.UTF_8));
                    logged.put(event.position(), new Logged(stored, understood(event)));
                });
        return logged;
    }

    private @Nullable AuditRow understood(LogSource.Stored event) {
        try {
            var message = (DomainEventMessage<?>) source.read(event);
            return AuditRow.of((StoredEvent) message.getPayload(), message, event.position());
        } catch (LogBrokenException unreadable) {
            return null; // was put aside, which the state of the projection tells
        }
    }

    /** The last position that a signed checkpoint covers, 0 if nothing is sealed. */
    long sealedUpTo() {
        return log.sql("SELECT coalesce(max(size), 0) FROM seal.checkpoint")
                .query(Long.class)
                .single();
    }
}
