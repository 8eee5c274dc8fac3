package io.mealexpense.verify;

import io.mealexpense.merkle.event.LoggedEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads log and seal. Every statement is a transaction of its own: what is appended never changes, so no snapshot is
 * needed that would keep the server from cleaning up behind appends.
 */
final class LogDatabase implements AutoCloseable {

    /** Bytes to sort by aggregate with before the server uses its disk. */
    private static final String SETTINGS =
            "SET default_transaction_read_only = on; SET work_mem = '64MB'; SET jit = off";

    private static final String WRONG_SEQUENCES = """
            SELECT position, sequence, expected
              FROM (SELECT position, sequence,
                           row_number() OVER (PARTITION BY aggregate_id ORDER BY position) - 1 AS expected
                      FROM event_store.domain_event
                     WHERE position > ? AND position <= ?) counted
             WHERE sequence <> expected
             ORDER BY position
             LIMIT ?
            """;

    /** The same where each aggregate may have events before. */
    private static final String WRONG_SEQUENCES_AFTER = """
            WITH bounds (after, up_to) AS (VALUES (?::bigint, ?::bigint)),
                 tail AS MATERIALIZED (
                     SELECT position, aggregate_id, sequence,
                            row_number() OVER (PARTITION BY aggregate_id ORDER BY position) - 1 AS number
                       FROM event_store.domain_event, bounds
                      WHERE position > after AND position <= up_to),
                 before AS MATERIALIZED (
                     SELECT aggregate_id,
                            (SELECT count(*) FROM event_store.domain_event e
                              WHERE e.aggregate_id = t.aggregate_id AND e.position <= after) AS count
                       FROM (SELECT DISTINCT aggregate_id FROM tail) t, bounds)
            SELECT position, sequence, number + count AS expected
              FROM tail JOIN before USING (aggregate_id)
             WHERE sequence <> number + count
             ORDER BY position
             LIMIT ?
            """;

    private final Connection connection;

    /** For events alone, so that the next ones can be read while others are looked at. */
    private final Connection eventConnection;

    private final PreparedStatement events;
    private final PreparedStatement facts;
    private final PreparedStatement leaves;
    private final PreparedStatement tile;
    private final PreparedStatement checkpoints;
    private final PreparedStatement note;

    /**
     * Where the log ends.
     *
     * @param head what the head row says, if there is one
     * @param first lowest position there is
     * @param last highest position there is, 0 for none
     */
    record Bounds(OptionalLong head, OptionalLong first, long last) {}

    /** A row of {@code seal.checkpoint}. */
    record StoredCheckpoint(long size, byte[] root, String note) {}

    /** A row of {@code seal.tile} of level 0. */
    record LeafTile(long index, byte[] hashes, byte[] fingerprints) {}

    /** An event whose sequence is not the next one of its aggregate. */
    record WrongSequence(long position, long sequence, long expected) {}

    LogDatabase(String url, String user, @Nullable String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "audit-verify");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("prepareThreshold", "1");
        connection = connect(url, properties);
        eventConnection = connect(url, properties);
        events = eventConnection.prepareStatement("SELECT " + LoggedEvent.COLUMNS
                + " FROM event_store.domain_event WHERE position >= ? AND position <= ? ORDER BY position LIMIT ?");
        facts = connection.prepareStatement("""
                SELECT position, aggregate_type, aggregate_id, sequence, name, revision,
                       (extract(epoch FROM recorded_at) * 1000000)::bigint, metadata ->> 'actorId', payload
                  FROM event_store.domain_event
                 WHERE (aggregate_id, sequence) > (?, ?) AND aggregate_type IN ('MealExpense', 'Category')
                   AND position <= ?
                 ORDER BY aggregate_id, sequence
                 LIMIT ?
                """);
        leaves = connection.prepareStatement(
                "SELECT index, hashes, fingerprints FROM seal.tile WHERE level = 0 AND index >= ? ORDER BY index LIMIT ?");
        tile = connection.prepareStatement("SELECT hashes FROM seal.tile WHERE level = ? AND index = ?");
        checkpoints = connection.prepareStatement(
                "SELECT size, root, note FROM seal.checkpoint WHERE size > ? ORDER BY size LIMIT ?");
        note = connection.prepareStatement("SELECT note FROM seal.checkpoint WHERE size = ?");
    }

    private static Connection connect(String url, Properties properties) throws SQLException {
        var connection = DriverManager.getConnection(url, properties);
        try (var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        return connection;
    }

    Bounds bounds() throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT (SELECT position FROM event_store.head),
                               (SELECT min(position) FROM event_store.domain_event),
                               (SELECT max(position) FROM event_store.domain_event)
                        """);
                var row = query.executeQuery()) {
            row.next();
            return new Bounds(optional(row, 1), optional(row, 2), row.getLong(3));
        }
    }

    private static OptionalLong optional(ResultSet row, int column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** When the last position was given out, in microseconds since 1970. */
    OptionalLong headTime() throws SQLException {
        try (var query = connection.prepareStatement("SELECT at FROM event_store.head");
                var row = query.executeQuery()) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            var at = row.getObject(1, OffsetDateTime.class);
            return OptionalLong.of(at.toEpochSecond() * 1_000_000 + at.getNano() / 1_000);
        }
    }

    /** Declarations that the log had been restored, in their order; few, and only found by reading all names. */
    List<Recovery> recoveries() throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT position, aggregate_id, recorded_at, metadata ->> 'actorId', payload ->> 'reason',
                               (payload ->> 'publishedSize')::bigint, (payload ->> 'lastPosition')::bigint
                          FROM event_store.domain_event
                         WHERE name = 'LogRecoveryDeclared'
                         ORDER BY position
                        """);
                var row = query.executeQuery()) {
            var found = new ArrayList<Recovery>();
            while (row.next()) {
                found.add(new Recovery(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, Long.class),
                        row.getLong(7)));
            }
            return found;
        }
    }

    /** May be asked while another thread asks for something else. */
    List<LoggedEvent> events(long from, long upTo, int limit) throws SQLException {
        events.setLong(1, from);
        events.setLong(2, upTo);
        events.setInt(3, limit);
        var found = new ArrayList<LoggedEvent>(limit);
        try (var row = events.executeQuery()) {
            while (row.next()) {
                found.add(LoggedEvent.of(row));
            }
        }
        return found;
    }

    /** Events of expenses and categories, in the order of aggregates. */
    List<Fact> facts(UUID afterAggregate, long afterSequence, long upTo, int limit) throws SQLException {
        facts.setObject(1, afterAggregate);
        facts.setLong(2, afterSequence);
        facts.setLong(3, upTo);
        facts.setInt(4, limit);
        var found = new ArrayList<Fact>(limit);
        try (var row = facts.executeQuery()) {
            while (row.next()) {
                found.add(new Fact(
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, UUID.class),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7),
                        row.getString(8),
                        row.getString(9)));
            }
        }
        return found;
    }

    List<LeafTile> leaves(long fromIndex, int limit) throws SQLException {
        leaves.setLong(1, fromIndex);
        leaves.setInt(2, limit);
        var found = new ArrayList<LeafTile>(limit);
        try (var row = leaves.executeQuery()) {
            while (row.next()) {
                found.add(new LeafTile(row.getLong(1), row.getBytes(2), row.getBytes(3)));
            }
        }
        return found;
    }

    Optional<byte[]> tile(int level, long index) throws SQLException {
        tile.setInt(1, level);
        tile.setLong(2, index);
        try (var row = tile.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    List<StoredCheckpoint> checkpointsAfter(long size, int limit) throws SQLException {
        checkpoints.setLong(1, size);
        checkpoints.setInt(2, limit);
        var found = new ArrayList<StoredCheckpoint>();
        try (var row = checkpoints.executeQuery()) {
            while (row.next()) {
                found.add(new StoredCheckpoint(row.getLong(1), row.getBytes(2), row.getString(3)));
            }
        }
        return found;
    }

    /** The size of the last one under a name of the log, 0 for none. */
    long lastCheckpointOf(String series) throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT coalesce(max(size), 0)
                          FROM seal.checkpoint
                         WHERE CASE WHEN ? = '' THEN split_part(note, E'\n', 1) !~ '/since-[^/]*$'
                                    ELSE split_part(note, E'\n', 1) LIKE '%/' || ? END
                        """)) {
            query.setString(1, series);
            query.setString(2, series);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    boolean hasCheckpointsOf(String series) throws SQLException {
        return lastCheckpointOf(series) > 0;
    }

    /** The last one that is smaller. */
    Optional<StoredCheckpoint> checkpointBefore(long size) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT size, root, note FROM seal.checkpoint WHERE size < ? ORDER BY size DESC LIMIT 1")) {
            query.setLong(1, size);
            try (var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new StoredCheckpoint(row.getLong(1), row.getBytes(2), row.getString(3)))
                        : Optional.empty();
            }
        }
    }

    /** The signed note of this size. */
    Optional<String> note(long size) throws SQLException {
        note.setLong(1, size);
        try (var row = note.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** Whether the table refuses to be rewritten, as it should. */
    boolean refusesRewriting() throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT EXISTS (SELECT FROM pg_trigger
                                        WHERE tgrelid = 'event_store.domain_event'::regclass
                                          AND tgname = 'append_only' AND tgenabled IN ('O', 'A'))
                        """);
                var row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Events after a position that do not follow their aggregate's event before, the lowest positions first. The server sorts, on its
     * disk if need be, so that nobody has to remember all aggregates.
     */
    List<WrongSequence> wrongSequences(long after, long upTo, int limit) throws SQLException {
        try (var query = connection.prepareStatement(after == 0 ? WRONG_SEQUENCES : WRONG_SEQUENCES_AFTER)) {
            query.setLong(1, after);
            query.setLong(2, upTo);
            query.setInt(3, limit);
            var found = new ArrayList<WrongSequence>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new WrongSequence(row.getLong(1), row.getLong(2), row.getLong(3)));
                }
            }
            return found;
        }
    }

    @Override
    public void close() throws SQLException {
        eventConnection.close();
        connection.close();
    }
}
