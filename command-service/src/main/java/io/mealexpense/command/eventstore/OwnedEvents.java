package io.mealexpense.command.eventstore;

import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.MealExpenseContent;
import io.mealexpense.events.upcasting.EventReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks up in the log what belongs to whom, many at a time. */
public final class OwnedEvents {

    /** Ids per query: few round trips for a long file, and no statement of megabytes. */
    private static final int CHUNK = 2_000;

    /**
     * How an expense came to be.
     *
     * @param importId the import that brought it, absent if none did
     */
    public record Recording(UUID ownerId, @Nullable UUID importId) {}

    /**
     * An expense that an import brought, as it is.
     *
     * @param version of the expense
     */
    public record ImportedExpense(UUID id, UUID ownerId, long version, State state) {

        /** What happened since. */
        public enum State {
            /** Nothing. */
            AS_IMPORTED,
            /** It was amended, or deleted and restored, and is there. */
            CHANGED,
            /** It was deleted on its own. */
            DELETED,
            /** It was deleted by the undoing in question. */
            UNDONE
        }
    }

    /** Higher than any position: all that there is. */
    public static final long NOW = Long.MAX_VALUE;

    private static final String RECORDINGS = """
            SELECT aggregate_id, payload ->> 'ownerId' AS owner_id, payload ->> 'importId' AS import_id
            FROM event_store.domain_event
            WHERE aggregate_id = ANY (?) AND sequence = 0 AND aggregate_type = 'MealExpense' AND position <= ?
            """;

    private static final String CONTENTS = """
            SELECT aggregate_id, name, revision, payload
            FROM event_store.domain_event
            WHERE aggregate_id = ANY (?) AND aggregate_type = 'MealExpense'
                AND name IN ('MealExpenseRecorded', 'MealExpenseAmended') AND position <= ?
            ORDER BY position
            """;

    private static final String IMPORTED = """
            SELECT r.aggregate_id, r.payload ->> 'ownerId' AS owner_id, l.sequence,
                CASE WHEN l.name <> 'MealExpenseDeleted' THEN CASE l.sequence WHEN 0 THEN 'AS_IMPORTED' ELSE 'CHANGED' END
                    WHEN l.command_id = ? THEN 'UNDONE' ELSE 'DELETED' END AS state
            FROM event_store.domain_event r
            CROSS JOIN LATERAL (
                SELECT sequence, name, command_id FROM event_store.domain_event
                WHERE aggregate_id = r.aggregate_id AND position <= ?
                ORDER BY sequence DESC LIMIT 1) l
            WHERE r.name = 'MealExpenseRecorded' AND r.payload ->> 'importId' = ? AND r.position <= ?
            ORDER BY r.position
            """;

    private static final String CATEGORIES = """
            SELECT name, revision, payload
            FROM event_store.domain_event
            WHERE aggregate_type = 'Category' AND payload ->> 'ownerId' = ?
            ORDER BY position
            """;

    private final DataSource dataSource;
    private final EventReader events;

    OwnedEvents(DataSource dataSource, EventReader events) {
        this.dataSource = dataSource;
        this.events = events;
    }

    /**
     * How each of these expenses came to be, deleted ones included; ids that stand for no expense are left out.
     *
     * @param upTo last position of the log that counts
     */
    public Map<UUID, Recording> recordings(Collection<UUID> ids, long upTo) {
        var recordings = new HashMap<UUID, Recording>();
        inChunks(ids, upTo, RECORDINGS, row -> {
            var importId = row.getString("import_id");
            recordings.put(
                    row.getObject("aggregate_id", UUID.class),
                    new Recording(
                            UUID.fromString(row.getString("owner_id")),
                            importId == null ? null : UUID.fromString(importId)));
        });
        return recordings;
    }

    /**
     * Every content that each of these expenses has had, oldest first; ids that stand for no expense are left out.
     *
     * @param upTo last position of the log that counts
     */
    public Map<UUID, List<MealExpenseContent>> expenseContents(Collection<UUID> ids, long upTo) {
        var contents = new HashMap<UUID, List<MealExpenseContent>>();
        inChunks(
                ids,
                upTo,
                CONTENTS,
                row -> contents.computeIfAbsent(row.getObject("aggregate_id", UUID.class), id -> new ArrayList<>())
                        .add((MealExpenseContent) events.read(
                                row.getString("name"), row.getString("revision"), row.getString("payload"))));
        return contents;
    }

    /**
     * What an import brought, in the order in which it was recorded.
     *
     * @param undoing idempotency key of the deletions that undid it
     * @param upTo last position of the log that counts
     */
    public List<ImportedExpense> importedExpenses(UUID importId, String undoing, long upTo) {
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement(IMPORTED)) {
            query.setString(1, undoing);
            query.setLong(2, upTo);
            query.setString(3, importId.toString());
            query.setLong(4, upTo);
            var found = new ArrayList<ImportedExpense>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new ImportedExpense(
                            rows.getObject("aggregate_id", UUID.class),
                            UUID.fromString(rows.getString("owner_id")),
                            rows.getLong("sequence"),
                            ImportedExpense.State.valueOf(rows.getString("state"))));
                }
            }
            return found;
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
    }

    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private void inChunks(Collection<UUID> ids, long upTo, String sql, RowTaker taker) {
        var distinct = ids.stream().distinct().toList();
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement(sql)) {
            for (var from = 0; from < distinct.size(); from += CHUNK) {
                var chunk = distinct.subList(from, Math.min(from + CHUNK, distinct.size()));
                query.setArray(1, connection.createArrayOf("uuid", chunk.toArray()));
                query.setLong(2, upTo);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        taker.take(rows);
                    }
                }
            }
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
    }

    /** Everything that happened to one account's categories, oldest first. */
    public List<CategoryEvent> categories(UUID ownerId) {
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement(CATEGORIES)) {
            query.setString(1, ownerId.toString());
            var found = new ArrayList<CategoryEvent>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add((CategoryEvent)
                            events.read(rows.getString("name"), rows.getString("revision"), rows.getString("payload")));
                }
            }
            return found;
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
    }
}
