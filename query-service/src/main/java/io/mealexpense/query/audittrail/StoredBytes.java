package io.mealexpense.query.audittrail;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events exactly as the log keeps them. The trail's own rows hold them as they are understood today; what an auditor
 * looks at must be what was written, so it is fetched from the log each time and kept nowhere else.
 */
@Component
class StoredBytes {

    private final JdbcClient log;

    StoredBytes(@Qualifier("queryLogJdbcClient") JdbcClient log) {
        this.log = log;
    }

    /** By position; one that the log does not have is left out. */
    Map<Long, AuditEvents.Stored> at(Collection<Long> positions) {
        var stored = new HashMap<Long, AuditEvents.Stored>();
        log.sql("""
                        SELECT position, name, revision, command_id, payload::text AS payload, metadata::text AS metadata
                          FROM event_store.domain_event
                         WHERE position = ANY (?::bigint[])
                        """)
                .param(positions.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")))
                .query(row -> {
                    stored.put(
                            row.getLong("position"),
                            new AuditEvents.Stored(
                                    row.getString("name"),
                                    row.getString("revision"),
                                    row.getString("command_id"),
                                    row.getString("payload"),
                                    row.getString("metadata")));
                });
        return stored;
    }

    /** The last position that a signed checkpoint covers, 0 if nothing is sealed. */
    long sealedUpTo() {
        return log.sql("SELECT coalesce(max(size), 0) FROM seal.checkpoint")
                .query(Long.class)
                .single();
    }
}
