package io.mealexpense.command.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * The server's ends of connections. What a client had sent may reach the server long after the connection was lost to
 * the client; only when the server's end is gone can nothing of it happen any more.
 */
final class Backends {

    /**
     * @param startedAt by the server's clock; a process number is given out again, the two together are not
     */
    record Backend(int pid, OffsetDateTime startedAt) {}

    /** Who waits for its standby has committed, and must not be kept from waiting. */
    private static final String END = """
            SELECT CASE WHEN wait_event = 'SyncRep' THEN false ELSE pg_terminate_backend(pid, ?) END
              FROM pg_stat_activity
             WHERE pid = ? AND backend_start = ?
            """;

    /**
     * A session of our own that can keep appends from the head row and waits for its client: frozen, or cut off, in the
     * middle of what it had to send, or idle in a transaction. No time-out of the server but PostgreSQL 17's
     * transaction_timeout covers the first. Appends move the row; who only locks it, or the table, is ended at work too.
     */
    private static final String END_STALLED = """
            SELECT pg_terminate_backend(a.pid, ?)
              FROM pg_stat_activity a
             CROSS JOIN LATERAL (SELECT clock_timestamp() - make_interval(secs => ?) AS patience) since
             WHERE a.datname = current_database() AND a.usename = current_user AND a.pid <> pg_backend_pid()
               AND EXISTS (
                   SELECT FROM pg_locks l
                    WHERE l.pid = a.pid AND l.relation = 'event_store.head'::regclass AND l.granted
                      AND CASE l.mode
                              WHEN 'AccessShareLock' THEN false
                              WHEN 'RowExclusiveLock'
                                  THEN a.wait_event = 'ClientRead' AND a.state_change < since.patience
                              ELSE a.xact_start < since.patience END)
            """;

    private static final Duration END_WITHIN = Duration.ofSeconds(2);

    private static final String ASK = "SELECT a.pid, a.backend_start, " + Lineage.COLUMNS
            + " FROM event_store.lineage_state, pg_stat_activity a WHERE a.pid = pg_backend_pid()";

    private final Map<Connection, Backend> known = Collections.synchronizedMap(new WeakHashMap<>());
    private final LogGate gate;

    Backends(LogGate gate) {
        this.gate = gate;
    }

    /**
     * The other end, asked for once in the life of a connection, and with it whether the log may be appended to there.
     *
     * @throws LogClosedException if it may not
     * @throws LogBusyException if it is not the log any more that commands were decided on
     */
    Backend of(Connection connection) throws SQLException {
        var physical = (Connection) connection.unwrap(PGConnection.class);
        var backend = known.get(physical);
        if (backend == null) {
            backend = ask(connection, physical);
        }
        return backend;
    }

    private Backend ask(Connection connection, Connection physical) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(ASK)) {
            row.next();
            var backend = new Backend(row.getInt(1), row.getObject(2, OffsetDateTime.class));
            var lineage = Lineage.of(row);
            gate.admit(lineage);
            if (lineage.running() != null) { // a replica may be promoted with its connections
                known.put(physical, backend);
            }
            return backend;
        }
    }

    /**
     * Ends it if it is still there.
     *
     * @return whether it is gone for certain, and with it all that it could still have done
     */
    static boolean end(Backend backend, Connection other) throws SQLException {
        try (var statement = other.prepareStatement(END)) {
            statement.setLong(1, END_WITHIN.toMillis());
            statement.setInt(2, backend.pid());
            statement.setObject(3, backend.startedAt());
            try (var row = statement.executeQuery()) {
                return !row.next() || row.getBoolean(1);
            }
        }
    }

    /**
     * Ends every session that keeps appends from the head row without appending.
     *
     * @param patience for how long it must have been doing so
     * @return whether there was one
     */
    static boolean endStalled(Duration patience, Connection other) throws SQLException {
        try (var statement = other.prepareStatement(END_STALLED)) {
            statement.setLong(1, END_WITHIN.toMillis());
            statement.setDouble(2, patience.toMillis() / 1000.0);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
