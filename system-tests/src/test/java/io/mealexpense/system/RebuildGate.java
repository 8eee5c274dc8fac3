package io.mealexpense.system;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Holds a rebuild between two steps, inside the statement that notes the second of them, so that what happens next
 * happens there; and keeps a journal of all steps. Runners notice no difference to a database that takes its time.
 */
final class RebuildGate implements AutoCloseable {

    /** The second part of the log is copied, its transaction not committed. */
    static final String SECOND_CHUNK = "second chunk";

    /** Begins the names of locks, so that the gate's are nobody else's. */
    private static final int GATE = 4_711;

    /** The lock of whoever works on rebuilds, as the query service names it. */
    private static final long RUNNER = 5_827_340_117_264L;

    private static final String WAITING = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = " + GATE
            + " AND objsubid = 2 AND NOT granted";

    private final Log log;
    private final Connection keeper;

    private RebuildGate(Log log, Connection keeper) {
        this.log = log;
        this.keeper = keeper;
    }

    /**
     * Of one step of one rebuild.
     *
     * @param owner the instance that works on it, its process id first; absent at the end
     */
    record Step(String state, long eventsDone, long generation, String owner) {}

    /** @param points states that a rebuild cannot enter until {@link #open}, or {@link #SECOND_CHUNK} */
    static RebuildGate closedAt(Log log, String... points) throws SQLException {
        log.execute(
                Log.MIGRATOR,
                "SET ROLE meals_owner",
                "CREATE SCHEMA watched",
                """
                CREATE TABLE watched.step (number bigint GENERATED ALWAYS AS IDENTITY, rebuild_id uuid, state text,
                                           events_done bigint, generation bigint, owner text)
                """,
                "GRANT USAGE ON SCHEMA watched TO meals_query",
                "GRANT SELECT ON watched.step TO meals_query",
                """
                CREATE FUNCTION watched.pass() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = 0
                AS $$
                DECLARE
                    point text := CASE WHEN NEW.state <> OLD.state THEN NEW.state
                                       WHEN OLD.events_done > 0 AND NEW.events_done > OLD.events_done
                                       THEN 'second chunk' END;
                BEGIN
                    IF point IS NOT NULL THEN
                        PERFORM pg_advisory_xact_lock_shared(4711, hashtext(point));
                    END IF;
                    INSERT INTO watched.step (rebuild_id, state, events_done, generation, owner)
                    VALUES (NEW.rebuild_id, NEW.state, NEW.events_done, NEW.generation, NEW.owner);
                    RETURN NULL;
                END
                $$
                """,
                "CREATE TRIGGER watched AFTER UPDATE ON read_model.projection_rebuild"
                        + " FOR EACH ROW EXECUTE FUNCTION watched.pass()");
        var gate = new RebuildGate(log, log.connect(Log.MIGRATOR));
        for (var point : points) {
            gate.lock("pg_advisory_lock", point);
        }
        return gate;
    }

    private void lock(String function, String point) throws SQLException {
        try (var statement = keeper.createStatement()) {
            statement.execute("SELECT %s(%d, hashtext('%s'))".formatted(function, GATE, point));
        }
    }

    void open(String point) throws SQLException {
        lock("pg_advisory_unlock", point);
    }

    /** Waits until a rebuild is held. */
    void awaitHeld() {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        !log.query(Log.QUERY, WAITING, row -> row.getInt(1)).isEmpty());
    }

    /** Waits until the projection of operators' acts waits for the row of the rebuild that is held. */
    void awaitActWaiting() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !log.query(
                                Log.QUERY,
                                "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        + " AND query LIKE '%projection_rebuild SET decision%'",
                                row -> row.getInt(1))
                        .isEmpty());
    }

    /** Ends the sessions that the rebuild is held in and that its runner keeps the others away with. */
    void cut() {
        var ended = log.query(
                Log.QUERY,
                "SELECT pg_terminate_backend(pid) FROM (%s UNION SELECT pid FROM pg_locks".formatted(WAITING)
                        + " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
                        + " AND (classid::bigint << 32 | objid::bigint) = " + RUNNER + ") AS sessions",
                row -> row.getBoolean(1));
        if (ended.size() < 2) {
            throw new IllegalStateException("Sessions that were ended: " + ended);
        }
    }

    /** What the rebuild went through so far, each committed. */
    List<Step> steps(UUID rebuild) {
        return log.query(
                Log.QUERY,
                "SELECT state, events_done, coalesce(generation, 0), coalesce(owner, '') FROM watched.step"
                        + " WHERE rebuild_id = '" + rebuild + "' ORDER BY number",
                row -> new Step(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)));
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
        log.execute(Log.MIGRATOR, "SET ROLE meals_owner", "DROP SCHEMA watched CASCADE");
    }
}
