package io.mealexpense.command.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the readers of the log after commits: one coalesced NOTIFY at a time, outside of every append, because NOTIFY
 * inside a transaction takes a lock of the whole server at its commit. Readers poll too, so a lost one costs only time.
 */
final class LogNotifier implements AutoCloseable {

    /** The channel readers listen on. */
    static final String CHANNEL = "meals_log";

    /** Milliseconds between two: what is committed meanwhile is told with the next, which nobody sees. */
    private static final long PAUSE = 5;

    private static final Logger log = LoggerFactory.getLogger(LogNotifier.class);

    private final DataSource dataSource;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    LogNotifier(DataSource dataSource) {
        this.dataSource = dataSource;
        this.thread = Thread.ofPlatform().name("log-notifier").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns at once; the notification follows. */
    void appended() {
        if (due.availablePermits() == 0) {
            due.release();
        }
    }

    private void run() {
        @Nullable Connection connection = null;
        while (!closed) {
            try {
                due.acquire();
                due.drainPermits();
                if (connection == null) {
                    connection = dataSource.getConnection();
                }
                try (var statement = connection.createStatement()) {
                    statement.execute("NOTIFY " + CHANNEL);
                }
                Thread.sleep(PAUSE);
            } catch (SQLException failure) {
                log.warn("Readers of the log were not notified; they will poll: {}", failure.getMessage());
                close(connection);
                connection = null;
            } catch (InterruptedException stopped) {
                break;
            }
        }
        close(connection);
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException failure) {
                log.debug("Closing failed", failure);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(2_000);
    }
}
