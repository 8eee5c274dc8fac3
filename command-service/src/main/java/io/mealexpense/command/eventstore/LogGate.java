package io.mealexpense.command.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps appends from a log that was restored from a backup until an administrator has declared the recovery. Every new
 * connection is asked before its first append, so that nothing slips in when the server was exchanged; a look every
 * second tells of what closed or opened the log elsewhere. An append that meets neither asks nothing.
 */
final class LogGate implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String LOOK = "SELECT " + Lineage.COLUMNS + " FROM event_store.lineage_state";

    private static final Logger log = LoggerFactory.getLogger(LogGate.class);

    private final DataSource dataSource;
    private final Runnable forget;
    private final Thread thread;
    private volatile boolean stopped;

    /** What the log was found to be last; null before the first look. */
    private volatile @Nullable Lineage last;

    /** @param forget lets go of what is remembered of the log, because it may be another one by now */
    LogGate(DataSource dataSource, Runnable forget) {
        this.dataSource = dataSource;
        this.forget = forget;
        this.thread = Thread.ofPlatform().name("log-gate").daemon().unstarted(this::run);
    }

    void start() {
        try (var connection = dataSource.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT event_store.begin_lineage()");
            }
            met(look(connection));
        } catch (SQLException failure) {
            log.warn("It could not be seen yet which cluster the log is in: {}", failure.getMessage());
        }
        thread.start();
    }

    private void run() {
        while (!stopped) {
            try {
                Thread.sleep(PAUSE);
                refresh();
            } catch (SQLException failure) {
                log.debug("The log's cluster could not be asked for", failure); // appends tell it themselves
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** Looks now. */
    Lineage refresh() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var found = look(connection);
            met(found);
            return found;
        }
    }

    private static Lineage look(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(LOOK)) {
            row.next();
            return Lineage.of(row);
        }
    }

    /** @throws LogClosedException if the log is known to be closed */
    void requireOpen() {
        var known = last;
        if (known != null && known.closed() != null) {
            throw new LogClosedException(known.closed());
        }
    }

    /**
     * Decides on a connection that nothing was appended by yet.
     *
     * @throws LogClosedException if the log is closed there
     * @throws LogBusyException if it was recovered meanwhile: what was decided on may be gone
     */
    void admit(Lineage found) {
        var sameAsBefore = met(found);
        if (found.closed() != null) {
            throw new LogClosedException(found.closed());
        }
        if (!sameAsBefore) {
            throw new LogBusyException();
        }
    }

    /** @return whether what was known of the log before still holds */
    private synchronized boolean met(Lineage found) {
        var before = last;
        last = found;
        var wasClosed = before != null && before.isClosed();
        if (found.isClosed() && !wasClosed) {
            log.error(
                    "The log takes no appends, because it was restored from a backup ({}): it was appended to in {},"
                            + " and is now in {}{}. docs/runbooks/LogClosed.md says what to do",
                    found.closed(),
                    found.declared(),
                    found.running(),
                    found.contradiction() == null ? "" : "; " + found.contradiction());
        } else if (wasClosed && !found.isClosed()) {
            log.info("The log takes appends again; a recovery was declared at position {}", found.since());
        }
        var holds = before == null || found.continues(before);
        if (found.isClosed() || !holds) {
            forget.run();
        }
        return holds;
    }

    /** Whether appends are refused, as far as is known here. */
    boolean isClosed() {
        var known = last;
        return known != null && known.isClosed();
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(2_000);
    }
}
