package io.mealexpense.query.rebuild;

import io.mealexpense.query.eventstream.Projector;
import io.mealexpense.query.eventstream.Projectors;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.rebuild.RebuildStore.TakenOverException;
import io.mealexpense.query.rebuild.RebuildTask.Decision;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Does what operators asked for, one rebuild at a time among all instances: a lock of the database says who, and ends
 * with the process that holds it. Each step ends in the database, so that another instance goes on where one was killed.
 */
final class RebuildRunner implements AutoCloseable {

    /** Names the lock among the advisory locks of the database; the digits mean nothing. */
    static final long LOCK = 5_827_340_117_264L;

    private static final long POLL_MILLIS = 500;
    private static final long RETRY_MILLIS = 5_000;

    /** Tables that are summed up and given their indexes at a time. */
    private static final int INDEXERS = 2;

    /** Copies that follow their live counterparts at a time. */
    private static final int FOLLOWERS = 2;

    /** A round of following is short at this part of the time for which live copies may be held up. */
    private static final int SHORT = 4;

    private static final Logger log = LoggerFactory.getLogger(RebuildRunner.class);

    private final DataSource dataSource;
    private final Projectors projectors;
    private final RebuildStore store;
    private final Generations generations;
    private final LogCopier copier;
    private final CopyFollower follower;
    private final Duration longestHold;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Thread thread = Thread.ofPlatform().name("rebuilds").daemon().unstarted(this::run);
    private volatile boolean closed;

    /**
     * @param longestHold how long live copies may be held up by an instance that froze
     */
    RebuildRunner(
            DataSource dataSource,
            Projectors projectors,
            RebuildStore store,
            Generations generations,
            LogCopier copier,
            CopyFollower follower,
            Duration longestHold) {
        this.dataSource = dataSource;
        this.projectors = projectors;
        this.store = store;
        this.generations = generations;
        this.copier = copier;
        this.follower = follower;
        this.longestHold = longestHold;
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            var pause = POLL_MILLIS;
            try {
                if (store.next().isPresent() || generations.hasRetired()) {
                    work();
                }
            } catch (InterruptedException stopping) {
                return;
            } catch (SQLException | RuntimeException failure) {
                if (!closed) {
                    log.warn("Rebuilds pause: {}", failure.getMessage());
                }
                pause = RETRY_MILLIS;
            }
            try {
                pause(pause);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    private void pause(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!closed) {
                closing.await(millis, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All that there is to do, unless another instance is at it. */
    private void work() throws SQLException, InterruptedException {
        try (var connection = dataSource.getConnection()) {
            if (!single(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")", Boolean.class)) {
                return;
            }
            // an instance whose lock went with its session takes nothing from the one that has the lock now
            var holder = store.in(within(connection));
            try {
                generations.dropRetired(projectors.all());
                for (var task = store.next(); task.isPresent() && !closed; task = store.next()) {
                    advance(holder.take(task.get()));
                }
            } finally {
                single(connection, "SELECT pg_advisory_unlock(" + LOCK + ")", Boolean.class);
            }
        }
    }

    private static <T> T single(Connection connection, String sql, Class<T> type) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1, type);
        }
    }

    private void advance(RebuildTask task) throws SQLException, InterruptedException {
        try {
            var models = models(task);
            if (models.isEmpty()) {
                store.failed(task, "No such projection: " + task.projections());
                store.finish(task, RebuildState.FAILED);
                return;
            }
            for (var current = Optional.of(task); current.isPresent() && !closed; ) {
                current = step(current.get(), models.get());
            }
        } catch (TakenOverException elsewhere) {
            log.info("{}", elsewhere.getMessage());
        } catch (SQLException | DataAccessException | IllegalStateException failure) {
            store.failed(task, failure.getMessage() == null ? failure.toString() : failure.getMessage());
            throw failure;
        }
    }

    private Optional<List<Projector>> models(RebuildTask task) {
        var models = new ArrayList<Projector>();
        for (var name : task.projections()) {
            var model = projectors.of(name);
            if (model.isEmpty()) {
                return Optional.empty();
            }
            models.add(model.get());
        }
        return Optional.of(models);
    }

    /** One step further; nothing when it is done, or waits for an operator. */
    private Optional<RebuildTask> step(RebuildTask given, List<Projector> models)
            throws SQLException, InterruptedException {
        var task = store.refresh(given);
        if (task.decision().filter(Decision.CANCEL::equals).isPresent()) {
            cancel(task, models);
            return Optional.empty();
        }
        return switch (task.state()) {
            case REQUESTED -> Optional.of(begin(task, models));
            case COPYING -> Optional.of(copy(task, models));
            case INDEXING -> Optional.of(index(task, models));
            case CATCHING_UP -> Optional.of(catchUp(task, models));
            case COMPARING -> compare(task, models);
            case DIFFERS -> task.decision().map(swap -> store.enter(task, RebuildState.SWAPPING));
            case SWAPPING -> swap(task, models);
            case SWAPPED, CANCELLED, FAILED -> Optional.empty();
        };
    }

    private RebuildTask begin(RebuildTask task, List<Projector> models) {
        return store.begin(
                task,
                models.stream().mapToLong(model -> goal(task, model)).min().orElse(0));
    }

    /**
     * As far as the live copy is: so the new one is never ahead of what it will be compared with. Before there is a live
     * copy, as far as the log goes.
     */
    private long goal(RebuildTask task, Projector model) {
        return task.initial()
                ? follower.end()
                : follower.position(model.projection().group());
    }

    private RebuildTask copy(RebuildTask task, List<Projector> models) throws InterruptedException {
        if (task.after() == null) {
            follower.atOnce(() -> {
                // what is there is dropped, and by now another instance may be filling it
                var ours = store.hold(task);
                generations.create(ours, models);
                return ours;
            });
        }
        var copied = copier.copy(task, models);
        return copied.decision().isPresent() || Thread.currentThread().isInterrupted()
                ? copied
                : store.enter(copied, RebuildState.INDEXING);
    }

    /** Tables side by side, unless members need the machine. */
    private RebuildTask index(RebuildTask task, List<Projector> models) throws InterruptedException {
        var tables = new ConcurrentLinkedQueue<>(Generations.tables(models));
        var indexers = copier.isHeldUp() ? 1 : INDEXERS;
        try (var threads = Executors.newFixedThreadPool(
                indexers, Thread.ofPlatform().name("rebuild-index-", 1).factory())) {
            for (var indexer : threads.invokeAll(Collections.nCopies(indexers, () -> indexAll(task, tables)))) {
                LogCopier.outcome(indexer);
            }
        }
        if (!tables.isEmpty()) {
            return task;
        }
        models.forEach(model -> follower.begin(task, model.projection().group()));
        return store.enter(task, RebuildState.CATCHING_UP);
    }

    /** Leaves what is left when an operator decided. */
    private @Nullable Void indexAll(RebuildTask task, Queue<ReadModelTable> tables) {
        while (store.refresh(task).decision().isEmpty()) {
            var table = tables.poll();
            if (table == null) {
                break;
            }
            generations.complete(task, table);
        }
        return null;
    }

    private RebuildTask catchUp(RebuildTask given, List<Projector> models) throws InterruptedException {
        var task = approach(given, models);
        return isInterrupted(task)
                ? task
                : store.enter(task, task.initial() ? RebuildState.SWAPPING : RebuildState.COMPARING);
    }

    /**
     * Brings the new copies near the live ones, which move on meanwhile: each round has less to do, until one is so short
     * that what is left after it can be done while the live ones wait. Where the log grows faster than copies follow, the
     * rebuild stays here and holds nobody up.
     *
     * @return the rebuild as it is then; if it is interrupted, before they are near
     */
    private RebuildTask approach(RebuildTask given, List<Projector> models) throws InterruptedException {
        var task = given;
        try (var threads = Executors.newFixedThreadPool(
                FOLLOWERS, Thread.ofPlatform().name("rebuild-follow-", 1).factory())) {
            for (var took = Long.MAX_VALUE; took > longestHold.toNanos() / SHORT && !isInterrupted(task); ) {
                var begin = System.nanoTime();
                var round = task;
                var following = models.stream()
                        .map(model -> Executors.callable(() -> followToGoal(round, model)))
                        .toList();
                for (var followed : threads.invokeAll(following)) {
                    LogCopier.outcome(followed);
                }
                took = System.nanoTime() - begin;
                task = store.refresh(task);
            }
        }
        return task;
    }

    /** Where the live copy is when it begins; less far when it is interrupted. */
    private void followToGoal(RebuildTask task, Projector model) {
        var goal = goal(task, model);
        while (follower.follow(task, model, goal) < goal) {
            if (isInterrupted(store.refresh(task))) {
                break;
            }
        }
    }

    /** Whether an operator called it off, or this instance ends. */
    private boolean isInterrupted(RebuildTask task) {
        return closed || task.decision().filter(Decision.CANCEL::equals).isPresent();
    }

    private Optional<RebuildTask> compare(RebuildTask given, List<Projector> models)
            throws SQLException, InterruptedException {
        var task = approach(given, models);
        if (isInterrupted(task)) {
            return Optional.of(task);
        }
        var comparisons = new ArrayList<Comparison>();
        try (var first = new Snapshot(dataSource);
                var second = new Snapshot(dataSource);
                var beside = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("rebuild-compare").factory())) {
            var positions = aligned(task, models, (live, found) -> {
                // in both of them both copies are at one position
                first.take();
                second.take();
                live.rollback();
            });
            for (var model : models) {
                var name = model.projection().group();
                var live = positions.get(name);
                comparisons.add(new CopyComparer(
                                first.connection(), live.schema(), second.connection(), task.schema(), beside)
                        .compare(name, live.position(), model.projection().tables()));
            }
        }
        store.compared(task, comparisons);
        if (comparisons.stream().allMatch(Comparison::equal)) {
            return Optional.of(store.enter(task, RebuildState.SWAPPING));
        }
        log.warn("Rebuild {} differs from the live copy and waits for a decision", task.id());
        store.enter(task, RebuildState.DIFFERS);
        return Optional.empty();
    }

    /** A live copy while its token's row is held: it cannot move on. */
    private record Live(long generation, String schema, long position) {}

    @FunctionalInterface
    private interface Aligned {
        void at(Connection live, Map<String, Live> positions) throws SQLException;
    }

    /**
     * Holds the live copies where they are, brings the new ones to the same positions, and acts. The live ones wait for
     * as long as that takes, which is short because the new ones are {@link #approach near}; readers never wait.
     */
    private Map<String, Live> aligned(RebuildTask task, List<Projector> models, Aligned act) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                execute(
                        connection,
                        "SET LOCAL idle_in_transaction_session_timeout = %d".formatted(longestHold.toMillis()));
                var positions = follower.atOnce(() -> {
                    var held = hold(connection, task.projections());
                    if (!task.initial()) {
                        for (var model : models) {
                            meet(
                                    task,
                                    model,
                                    held.get(model.projection().group()).position());
                        }
                    }
                    return held;
                });
                act.at(connection, positions);
                return positions;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void meet(RebuildTask task, Projector model, long live) {
        while (follower.follow(task, model, live) < live) {
            log.debug("Following {}", model.projection().group());
        }
        var copy = follower.position(task.token(model.projection().group()));
        if (copy != live) {
            throw new IllegalStateException("The live copy of %s is at position %d, behind the new one at %d"
                    .formatted(model.projection().group(), live, copy));
        }
    }

    private static Map<String, Live> hold(Connection connection, List<String> projections) {
        var live = new LinkedHashMap<String, Live>();
        within(connection)
                .sql("""
                        SELECT projection, generation, schema, position FROM read_model.projection_token
                         WHERE projection = ANY (?::text[]) AND segment = 0 ORDER BY projection FOR UPDATE
                        """)
                .param("{" + String.join(",", projections) + "}")
                .query(row -> {
                    live.put(
                            row.getString("projection"),
                            new Live(row.getLong("generation"), row.getString("schema"), row.getLong("position")));
                });
        if (live.size() < projections.size()) {
            throw new IllegalStateException("A projection of %s has no token".formatted(projections));
        }
        return live;
    }

    private static JdbcClient within(Connection transaction) {
        return JdbcClient.create(new SingleConnectionDataSource(transaction, true));
    }

    /** One transaction: the rows that readers look up, and everything that goes with the old copies. */
    private Optional<RebuildTask> swap(RebuildTask given, List<Projector> models)
            throws SQLException, InterruptedException {
        var task = approach(given, models);
        if (isInterrupted(task)) {
            return Optional.of(task);
        }
        aligned(task, models, (connection, positions) -> {
            var jdbc = within(connection);
            var inside = new RebuildSwap(jdbc, task);
            for (var model : models) {
                var name = model.projection().group();
                inside.swap(
                        name,
                        positions.get(name).generation(),
                        model.projection().tables());
            }
            store.in(jdbc).swapped(task);
            connection.commit();
        });
        log.info("Rebuild {} of {} is live as generation {}", task.id(), task.projections(), task.generation());
        return Optional.empty();
    }

    private void cancel(RebuildTask task, List<Projector> models) {
        if (task.generation() > 0) {
            models.forEach(model -> follower.forget(task, model.projection().group()));
            generations.abandon(task, Generations.tables(models));
        }
        store.finish(task, RebuildState.CANCELLED);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        lock.lock();
        try {
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        thread.join(5_000);
        thread.interrupt();
        thread.join(2_000);
    }
}
