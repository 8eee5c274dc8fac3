package io.mealexpense.query.eventstream;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the last position of the log, for every stream of this process: told by NOTIFY after commits, on a connection
 * of its own, and looking for itself now and then because a notification may get lost.
 */
final class LogHead implements AutoCloseable {

    /** The channel on which appends are announced. */
    static final String CHANNEL = "meals_log";

    /** Before the log was first reached. */
    static final long UNKNOWN = -1;

    private static final Logger log = LoggerFactory.getLogger(LogHead.class);

    private final QueryProperties.DataSourceProperties database;
    private final int pollMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("log-head").daemon().unstarted(this::run);
    private volatile long position = UNKNOWN;
    private volatile int epoch;
    private volatile boolean closed;
    private volatile @Nullable Connection listening;

    LogHead(QueryProperties.DataSourceProperties database, Duration pollInterval) {
        this.database = database;
        this.pollMillis = Math.toIntExact(pollInterval.toMillis());
    }

    void start() {
        thread.start();
    }

    /** The last position seen, {@link #UNKNOWN} before the first; the log may be further. */
    long position() {
        return position;
    }

    /**
     * Changes whenever the log may have become another one: after a lost connection, and when it got shorter. Both come
     * with a restored copy, and then nothing holds that was read before.
     */
    int epoch() {
        return epoch;
    }

    /** Waits until the log is known to go beyond the position, or the time is up. */
    boolean awaitBeyond(long seen, long timeout, TimeUnit unit) throws InterruptedException {
        if (position > seen || timeout <= 0) {
            return position > seen;
        }
        var nanos = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (position <= seen && nanos > 0 && !closed) {
                nanos = advanced.awaitNanos(nanos);
            }
            return position > seen;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the callback, on a thread that must not be kept busy, whenever the log grew. */
    Runnable onAdvance(Runnable callback) {
        callbacks.add(callback);
        return () -> callbacks.remove(callback);
    }

    private void run() {
        var failing = false;
        while (!closed) {
            try (var connection = connect()) {
                listening = connection;
                epoch++;
                try (var listen = connection.createStatement();
                        var head = connection.prepareStatement("SELECT position FROM event_store.head")) {
                    listen.execute("LISTEN " + CHANNEL);
                    var notifications = connection.unwrap(PGConnection.class);
                    while (!closed) {
                        try (var row = head.executeQuery()) {
                            if (row.next()) {
                                reached(row.getLong(1));
                            }
                        }
                        if (failing) {
                            log.info("The head of the log is being followed again");
                            failing = false;
                        }
                        notifications.getNotifications(pollMillis);
                    }
                }
            } catch (SQLException unreachable) {
                if (!closed) {
                    if (!failing) {
                        log.warn("The head of the log cannot be followed, trying again: {}", unreachable.getMessage());
                        failing = true;
                    }
                    pause();
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "meals-query-head");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(database.url(), properties);
    }

    /** Also backwards: a log restored from an older copy is told by the streams, which see further than it goes. */
    private void reached(long head) {
        if (head == position) {
            return;
        }
        if (head < position) {
            epoch++;
        }
        lock.lock();
        try {
            position = head;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
        callbacks.forEach(Runnable::run);
    }

    private void pause() {
        lock.lock();
        try {
            if (!closed) {
                advanced.await(pollMillis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
        var connection = listening;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                log.debug("The connection was closed already", alreadyGone);
            }
        }
        thread.join(2_000);
    }
}
