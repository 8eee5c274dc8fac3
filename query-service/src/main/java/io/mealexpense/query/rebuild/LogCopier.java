package io.mealexpense.query.rebuild;

import io.mealexpense.query.eventstream.LogSource;
import io.mealexpense.query.eventstream.LogSource.Stored;
import io.mealexpense.query.eventstream.Projector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Copies the log into empty tables, in the order of aggregates: all events of an aggregate are folded at once, so a row
 * is written once however often it changed. Reading, decoding and copying run side by side. Every chunk commits with
 * the last aggregate in it, where a new runner goes on. While members are busy it pauses between chunks.
 */
final class LogCopier {

    /** Events read at a time. */
    private static final int CHUNK = 10_000;

    private static final Logger log = LoggerFactory.getLogger(LogCopier.class);

    private final LogSource source;
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final RebuildStore store;
    private final TransactionTemplate transactions;
    private final TransactionTemplate savepoint;

    LogCopier(
            LogSource source,
            DataSource dataSource,
            JdbcClient jdbc,
            RebuildStore store,
            PlatformTransactionManager transactionManager) {
        this.source = source;
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.store = store;
        this.transactions = new TransactionTemplate(transactionManager);
        this.savepoint = new TransactionTemplate(transactionManager);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Whole aggregates, as stored. */
    private record Chunk(List<Stored> events) {

        UUID last() {
            return events.getLast().aggregate();
        }
    }

    /** Whole aggregates, understood. */
    private record Decoded(List<TrackedEventMessage<?>> events, int stored, UUID last) {}

    /**
     * Copies until everything is there, the rebuild is cancelled, or the thread is interrupted.
     *
     * @return the rebuild as it is then
     */
    RebuildTask copy(RebuildTask begun, Collection<Projector> projectors) throws InterruptedException {
        var task = begun;
        var begin = System.nanoTime();
        var courtesy = new Courtesy(source::head, System::nanoTime);
        var done = 0L;
        try (var fetcher = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("rebuild-fetch").factory());
                var decoder = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("rebuild-decode").factory())) {
            try {
                var after = task.after();
                var whole = !projectors.stream().allMatch(Projector::needsNoMetadata);
                var fetched = fetcher.submit(() -> fetch(begun.upTo(), after, whole));
                Future<Decoded> decoded = null;
                while (true) {
                    var chunk = get(fetched);
                    var pending = decoded;
                    decoded = null;
                    if (!chunk.events().isEmpty()) {
                        fetched = fetcher.submit(() -> fetch(begun.upTo(), chunk.last(), whole));
                        decoded = decoder.submit(() -> decode(chunk));
                    }
                    if (pending != null) {
                        var ready = get(pending);
                        done += ready.stored();
                        task = write(task, ready, projectors, done / seconds(begin));
                        courtesy.pause();
                    }
                    if (decoded == null || task.decision().isPresent()) {
                        return task;
                    }
                }
            } finally {
                fetcher.shutdownNow();
                decoder.shutdownNow();
            }
        }
    }

    private static double seconds(long begin) {
        return Math.max(0.001, (System.nanoTime() - begin) / 1e9);
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }

    /** The next aggregates whole: the last one read is left for the next time unless the log ends with it. */
    private Chunk fetch(long upTo, @Nullable UUID after, boolean whole) {
        for (var limit = CHUNK; ; limit *= 2) {
            var events = source.byAggregate(after, upTo, limit, whole);
            if (events.size() < limit) {
                return new Chunk(events);
            }
            var last = events.getLast().aggregate();
            var end = events.size();
            while (end > 0 && events.get(end - 1).aggregate().equals(last)) {
                end--;
            }
            if (end > 0) {
                return new Chunk(events.subList(0, end));
            }
        }
    }

    private Decoded decode(Chunk chunk) {
        var events = new ArrayList<TrackedEventMessage<?>>(chunk.events().size());
        for (var stored : chunk.events()) {
            events.add(source.readPayload(stored));
        }
        return new Decoded(events, chunk.events().size(), chunk.last());
    }

    private RebuildTask write(RebuildTask task, Decoded chunk, Collection<Projector> projectors, double perSecond) {
        try {
            return inGeneration(task, chunk, perSecond, connection -> {
                for (var projector : projectors) {
                    projector.gather(chunk.events()).copyTo(connection);
                }
            });
        } catch (RuntimeException failure) {
            if (!Projector.isOfTheEvent(failure)) {
                throw failure;
            }
            log.warn("A chunk of rebuild {} is copied aggregate by aggregate: {}", task.id(), failure.getMessage());
            return inGeneration(task, chunk, perSecond, connection -> {
                for (var projector : projectors) {
                    for (var aggregate : aggregates(chunk.events())) {
                        writeAlone(task.generation(), projector, aggregate);
                    }
                }
            });
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(Connection connection) throws SQLException;
    }

    private RebuildTask inGeneration(RebuildTask task, Decoded chunk, double perSecond, Writing writing) {
        return Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("SELECT set_config('search_path', ?, true), set_config('synchronous_commit', 'off', true)")
                    .param(task.schema())
                    .query((row, number) -> true)
                    .single();
            write(writing);
            return store.copied(task, chunk.last(), chunk.stored(), perSecond);
        }));
    }

    private void write(Writing writing) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            writing.to(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static Collection<List<TrackedEventMessage<?>>> aggregates(List<TrackedEventMessage<?>> events) {
        var aggregates = new LinkedHashMap<String, List<TrackedEventMessage<?>>>();
        for (var event : events) {
            var aggregate = ((DomainEventMessage<?>) event).getAggregateIdentifier();
            aggregates.computeIfAbsent(aggregate, key -> new ArrayList<>()).add(event);
        }
        return aggregates.values();
    }

    /** As many of the aggregate's first events as can be taken; what follows is put aside, as a live copy does it. */
    private void writeAlone(long generation, Projector projector, List<TrackedEventMessage<?>> events) {
        RuntimeException failure = null;
        for (var taken = events.size(); taken >= 0; taken--) {
            var first = events.subList(0, taken);
            try {
                savepoint.executeWithoutResult(
                        status -> write(it -> projector.gather(first).copyTo(it)));
                if (failure != null) {
                    projector.park(generation, events.get(taken), failure);
                    events.subList(taken + 1, events.size()).forEach(event -> projector.parkBehind(generation, event));
                }
                return;
            } catch (RuntimeException failed) {
                if (!Projector.isOfTheEvent(failed)) {
                    throw failed;
                }
                failure = failed;
            }
        }
    }
}
