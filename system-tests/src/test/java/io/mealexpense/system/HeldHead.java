package io.mealexpense.system;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps every append waiting inside the server, so that what happens next happens in the middle of a batch. */
final class HeldHead implements AutoCloseable {

    private final Log log;
    private final Connection session;

    private HeldHead(Log log, Connection session) {
        this.log = log;
        this.session = session;
    }

    static HeldHead take(Log log) throws SQLException {
        return take(log, Log.COMMAND);
    }

    static HeldHead take(Log log, String role) throws SQLException {
        var session = log.connect(role);
        try (var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT 1 FROM event_store.head FOR UPDATE");
            return new HeldHead(log, session);
        } catch (SQLException refused) {
            session.close();
            throw refused;
        }
    }

    /** Waits until that many writers wait with a batch. */
    void awaitAppends(int writers) {
        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> log.query(
                                        Log.COMMAND,
                                        "SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE wait_event_type = 'Lock' AND usename = current_user",
                                        row -> row.getInt(1))
                                .getFirst()
                        >= writers);
    }

    @Override
    public void close() throws SQLException {
        session.close(); // the server rolls back
    }
}
