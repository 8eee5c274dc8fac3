package io.mealexpense.query.eventstream;

import io.mealexpense.events.AccountEvent;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.DeadLetterEvent;
import io.mealexpense.events.ImportEvent;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.ProjectionRebuildEvent;
import io.mealexpense.events.RecoveryEvent;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Appends to the log as the write side does: one statement that takes the positions and inserts with them. */
public final class TestLog {

    private static final String APPEND = """
            WITH head AS (
                UPDATE event_store.head
                   SET position = position + 1, at = greatest(at, clock_timestamp() - make_interval(secs => ?))
                RETURNING position, at)
            INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence, event_id, name,
                   revision, recorded_at, payload, metadata)
            SELECT head.position, ?, ?, ?, ?, ?, ?, head.at, ?::json, ?::json
              FROM head
            RETURNING position
            """;

    public static final String METADATA = """
            {"actorId":"0199a000-0000-7000-8000-00000000000a","actorRoles":"MEMBER","requestId":"request-1",\
            "correlationId":"c","causationId":"c","client":"web"}""";

    private final Database database;
    private final EventSerializer serializer = EventSerializer.create();
    private final Map<UUID, Long> sequences = new HashMap<>();
    private volatile double secondsAgo;

    private TestLog(Database database) {
        this.database = database;
    }

    public static TestLog of(Database database) {
        return new TestLog(database);
    }

    /** What is appended from now on looks as if it had been this long ago: to its readers, they lag. */
    public void recordsAgo(Duration age) {
        secondsAgo = age.toMillis() / 1000.0;
    }

    /** Appends the events, each its aggregate's next, and tells the position of the last. */
    public long append(StoredEvent... events) {
        return append(List.of(events));
    }

    public synchronized long append(List<? extends StoredEvent> events) {
        try (var connection = database.connect(Role.COMMAND)) {
            var position = 0L;
            for (var event : events) {
                var sequence = sequences.merge(subjectOf(event), 0L, (old, fresh) -> old + 1);
                position = append(connection, event, sequence, METADATA);
            }
            try (var notify = connection.createStatement()) {
                notify.execute("NOTIFY " + LogHead.CHANNEL);
            }
            return position;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** An append that has read the clock, holds the head and is not committed yet. */
    public static final class UnderWay implements AutoCloseable {

        private final Connection connection;

        private UnderWay(Connection connection) {
            this.connection = connection;
        }

        public void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }

    /** Begins to append an event, its aggregate's first. */
    public UnderWay begin(StoredEvent event) throws SQLException {
        var connection = database.connect(Role.COMMAND);
        connection.setAutoCommit(false);
        append(connection, event, 0, METADATA);
        return new UnderWay(connection);
    }

    /** Appends an event as text of a spelling that the present code does not write. */
    public long appendRaw(String aggregate, UUID subject, long sequence, String name, String payload, String metadata)
            throws SQLException {
        try (var connection = database.connect(Role.COMMAND)) {
            var position = append(connection, aggregate, subject, sequence, name, payload, metadata);
            try (var notify = connection.createStatement()) {
                notify.execute("NOTIFY " + LogHead.CHANNEL);
            }
            return position;
        }
    }

    long append(Connection connection, StoredEvent event, long sequence, String metadata) throws SQLException {
        var payload = serializer.serialize(event, String.class);
        return append(
                connection,
                aggregateOf(event),
                subjectOf(event),
                sequence,
                payload.getType().getName(),
                payload.getData(),
                metadata);
    }

    long append(
            Connection connection,
            String aggregate,
            UUID subject,
            long sequence,
            String name,
            String payload,
            String metadata)
            throws SQLException {
        try (var append = connection.prepareStatement(APPEND)) {
            append.setDouble(1, secondsAgo);
            append.setString(2, aggregate);
            append.setObject(3, subject);
            append.setLong(4, sequence);
            append.setObject(5, UUID.randomUUID());
            append.setString(6, name);
            append.setString(7, "1");
            append.setString(8, payload);
            append.setString(9, metadata);
            try (var position = append.executeQuery()) {
                position.next();
                return position.getLong(1);
            }
        }
    }

    private static String aggregateOf(StoredEvent event) {
        return switch (event) {
            case MealExpenseEvent expense -> "MealExpense";
            case CategoryEvent category -> "Category";
            case AccountEvent account -> "Account";
            case ImportEvent ofImport -> "ExpenseImport";
            case ProjectionRebuildEvent rebuild -> "ProjectionRebuild";
            case DeadLetterEvent letter -> "DeadLetter";
            case RecoveryEvent recovery -> "LogRecovery";
        };
    }

    private static UUID subjectOf(StoredEvent event) {
        return switch (event) {
            case MealExpenseEvent expense -> expense.mealExpenseId();
            case CategoryEvent category -> category.categoryId();
            case AccountEvent account -> account.accountId();
            case ImportEvent ofImport -> ofImport.importId();
            case ProjectionRebuildEvent rebuild -> rebuild.rebuildId();
            case DeadLetterEvent letter -> letter.deadLetterId();
            case RecoveryEvent recovery -> recovery.recoveryId();
        };
    }
}
