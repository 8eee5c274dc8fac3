package io.mealexpense.command.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the log. One autocommit statement takes the next positions from the head row and inserts the events with
 * them: the row lock lives inside the server only, so positions are dense, in commit order and never late, and no
 * client, however slow or dead, can hold it. The one that freezes between two packets of the statement is cut off by
 * whoever waits for it.
 */
final class EventLog implements Appender {

    static final class DuplicateEventException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DuplicateEventException(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Nobody knows whether the events are in the log; whoever asked must ask again with the same ids. */
    static final class OutcomeUnknownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknownException(Exception cause) {
            super("The connection was lost while events were being appended", cause);
        }
    }

    private static final String APPEND = """
            WITH head AS (
                UPDATE event_store.head
                SET position = position + ?, at = greatest(at, clock_timestamp())
                RETURNING position - ? AS base, position AS last, at
            ), added AS (
            INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence, event_id, name,
                revision, recorded_at, command_id, payload, metadata)
            SELECT head.base + e.place, e.aggregate_type, e.aggregate_id::uuid, e.sequence, e.event_id::uuid, e.name,
                e.revision, head.at, e.command_id, e.payload::json, e.metadata::json
            FROM head, unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[]) WITH ORDINALITY AS e (aggregate_type, aggregate_id, sequence, event_id, name, revision,
                command_id, payload, metadata, place)
            )
            SELECT last FROM head
            """;

    /** The same for one event: a small statement where nobody shares the cost of a large one. */
    private static final String APPEND_ONE = """
            WITH head AS (
                UPDATE event_store.head
                SET position = position + 1, at = greatest(at, clock_timestamp())
                RETURNING position, at
            )
            INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence, event_id, name,
                revision, recorded_at, command_id, payload, metadata)
            SELECT position, ?, ?, ?, ?, ?, ?, at, ?, ?::json, ?::json FROM head
            RETURNING position
            """;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String TRANSACTION_TIMEOUT = "25P04";

    /** How long a lost connection's outcome is looked for before the answer is that it is unknown. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a session that keeps the head row may leave the server waiting before another one ends it. */
    private static final Duration STALLED = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    private final DataSource dataSource;
    private final Runnable appended;
    private final LogGate gate;
    private final Backends backends;

    /**
     * @param appended told after every commit, outside of it
     */
    EventLog(DataSource dataSource, Runnable appended, LogGate gate) {
        this.dataSource = dataSource;
        this.appended = appended;
        this.gate = gate;
        this.backends = new Backends(gate);
    }

    @Override
    public long append(List<NewEvent> events) {
        gate.requireOpen();
        long last;
        Backends.@Nullable Backend backend = null;
        try (var connection = dataSource.getConnection()) {
            backend = backends.of(connection);
            last = events.size() == 1 ? insert(connection, events.getFirst()) : insert(connection, events);
        } catch (SQLException failure) {
            if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                throw new DuplicateEventException(failure);
            }
            if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState()) && endedStalledHolder()) {
                return append(events);
            }
            // without a backend nothing was sent
            if (backend == null || !connectionLost(failure)) {
                throw new EventLogUnavailableException(failure);
            }
            log.warn("Connection lost during an append; looking for its outcome: {}", failure.getMessage());
            last = outcome(events, backend, failure);
        }
        appended.run();
        return last;
    }

    private static long insert(Connection connection, NewEvent event) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND_ONE)) {
            statement.setString(1, event.aggregateType());
            statement.setObject(2, event.aggregateId());
            statement.setLong(3, event.sequence());
            statement.setObject(4, event.eventId());
            statement.setString(5, event.name());
            statement.setString(6, event.revision());
            statement.setString(7, event.commandId());
            statement.setString(8, event.payload());
            statement.setString(9, event.metadata());
            try (var position = statement.executeQuery()) {
                return position(position);
            }
        }
    }

    private static long insert(Connection connection, List<NewEvent> events) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            statement.setLong(1, events.size());
            statement.setLong(2, events.size());
            setTexts(connection, statement, 3, events, NewEvent::aggregateType);
            setTexts(
                    connection,
                    statement,
                    4,
                    events,
                    event -> event.aggregateId().toString());
            var sequences = events.stream().map(NewEvent::sequence).toArray(Long[]::new);
            statement.setArray(5, connection.createArrayOf("bigint", sequences));
            setTexts(connection, statement, 6, events, event -> event.eventId().toString());
            setTexts(connection, statement, 7, events, NewEvent::name);
            setTexts(connection, statement, 8, events, NewEvent::revision);
            setTexts(connection, statement, 9, events, NewEvent::commandId);
            setTexts(connection, statement, 10, events, NewEvent::payload);
            setTexts(connection, statement, 11, events, NewEvent::metadata);
            try (var last = statement.executeQuery()) {
                return position(last);
            }
        }
    }

    /** Without the head row, as after a restore that left a table out, the statement would append nothing. */
    private static long position(ResultSet row) throws SQLException {
        if (!row.next()) {
            throw new IllegalStateException("Nothing was appended: event_store.head has no row");
        }
        return row.getLong(1);
    }

    /** Of this Java type the driver sends the bytes as they are; of others a text in which every quote is escaped. */
    private static void setTexts(
            Connection connection,
            PreparedStatement statement,
            int index,
            List<NewEvent> events,
            Function<NewEvent, @Nullable String> column)
            throws SQLException {
        var texts = new String[events.size()];
        for (var i = 0; i < texts.length; i++) {
            texts[i] = column.apply(events.get(i));
        }
        statement.setArray(index, connection.createArrayOf("text", texts));
    }

    private static boolean connectionLost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null
                && (state.startsWith("08") || state.startsWith("57P") || state.equals(TRANSACTION_TIMEOUT));
    }

    private boolean endedStalledHolder() {
        try (var connection = dataSource.getConnection()) {
            var ended = Backends.endStalled(STALLED, connection);
            if (ended) {
                log.warn("Ended a session that kept the head row without appending");
            }
            return ended;
        } catch (SQLException failure) {
            log.warn("Could not look who keeps the head row: {}", failure.getMessage());
            return false;
        }
    }

    /**
     * What was sent may still be on its way, so the server's end of the lost connection is ended first: what is not in
     * the log then will never be.
     */
    private long outcome(List<NewEvent> events, Backends.Backend backend, SQLException lost) {
        var ids = events.stream().map(NewEvent::eventId).toArray(UUID[]::new);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (var connection = dataSource.getConnection()) {
                if (Backends.end(backend, connection)) {
                    return find(ids, connection).orElseThrow(() -> new EventLogUnavailableException(lost));
                }
            } catch (SQLException stillDown) {
                log.debug("Still no connection", stillDown);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new OutcomeUnknownException(lost);
            }
        }
        throw new OutcomeUnknownException(lost);
    }

    private static OptionalLong find(UUID[] ids, Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT max(position) FROM event_store.domain_event WHERE event_id = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("uuid", ids));
            try (var row = query.executeQuery()) {
                row.next();
                var last = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
            }
        }
    }
}
