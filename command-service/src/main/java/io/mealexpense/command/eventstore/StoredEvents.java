package io.mealexpense.command.eventstore;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.upcasting.EventReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks single facts up, to answer a repeated command with its first answer. */
public final class StoredEvents {

    /**
     * A fact and where it stands.
     *
     * @param actorId who made it
     * @param contentHash of the request that made it, where it could be repeated
     */
    public record Found(
            StoredEvent event,
            Receipt receipt,
            String actorId,
            @Nullable String contentHash) {}

    private static final String COLUMNS = """
            SELECT position, sequence, name, revision, payload, metadata ->> '%s' AS actor_id,
                metadata ->> '%s' AS content_hash
            FROM event_store.domain_event
            """.formatted(EventMetadata.ACTOR_ID, EventMetadata.CONTENT_HASH);

    private final DataSource dataSource;
    private final EventReader events;

    StoredEvents(DataSource dataSource, EventReader events) {
        this.dataSource = dataSource;
        this.events = events;
    }

    /** The event that began an aggregate. */
    public Optional<Found> first(UUID aggregateId) {
        return one(COLUMNS + "WHERE aggregate_id = ? AND sequence = 0", aggregateId);
    }

    /** The event that the client's command made the first time. */
    public Optional<Found> byCommand(UUID aggregateId, String commandId) {
        return one(COLUMNS + "WHERE aggregate_id = ? AND command_id = ?", aggregateId, commandId);
    }

    /** The event that an aggregate is at now. */
    public Optional<Found> last(UUID aggregateId) {
        return one(COLUMNS + "WHERE aggregate_id = ? ORDER BY sequence DESC LIMIT 1", aggregateId);
    }

    /** An aggregate's events from this sequence on, in order. */
    public List<Found> from(UUID aggregateId, long sequence) {
        return all(COLUMNS + "WHERE aggregate_id = ? AND sequence >= ? ORDER BY sequence", aggregateId, sequence);
    }

    private Optional<Found> one(String sql, Object... arguments) {
        return all(sql, arguments).stream().findFirst();
    }

    private List<Found> all(String sql, Object... arguments) {
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement(sql)) {
            for (var i = 0; i < arguments.length; i++) {
                query.setObject(i + 1, arguments[i]);
            }
            var found = new ArrayList<Found>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    found.add(found(row));
                }
            }
            return found;
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
    }

    private Found found(ResultSet row) throws SQLException {
        StoredEvent event = events.read(row.getString("name"), row.getString("revision"), row.getString("payload"));
        return new Found(
                event,
                new Receipt(row.getLong("sequence"), row.getLong("position")),
                row.getString("actor_id"),
                row.getString("content_hash"));
    }
}
