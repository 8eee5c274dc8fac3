package io.mealexpense.system;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps whoever needs a lock waiting inside the server, so that what happens next happens in the middle of a batch. */
final class HeldLock implements AutoCloseable {

    private final Log log;
    private final String role;
    private final Connection session;

    private HeldLock(Log log, String role, String take) throws SQLException {
        this.log = log;
        this.role = role;
        session = log.connect(role);
        try (var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute(take);
        } catch (SQLException refused) {
            session.close();
            throw refused;
        }
    }

    /** Every append waits for it. */
    static HeldLock onHead(Log log, String role) throws SQLException {
        return new HeldLock(log, role, "SELECT 1 FROM event_store.head FOR UPDATE");
    }

    /** Its projection waits in the middle of a batch; readers do not. */
    static HeldLock onReadModel(Log log, String table) throws SQLException {
        return new HeldLock(log, Log.QUERY, "LOCK TABLE read_model." + table + " IN SHARE MODE");
    }

    /** Waits until that many sessions of its role wait for a lock. */
    void awaitWaiting(int sessions) {
        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> log.query(
                                        role,
                                        "SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE wait_event_type = 'Lock' AND usename = current_user",
                                        row -> row.getInt(1))
                                .getFirst()
                        >= sessions);
    }

    @Override
    public void close() throws SQLException {
        session.close(); // the server rolls back
    }
}
