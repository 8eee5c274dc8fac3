package io.mealexpense.query.rebuild;

import io.mealexpense.query.eventstream.LogSource;
import io.mealexpense.query.eventstream.LogSource.Stored;
import io.mealexpense.query.eventstream.Projector;
import io.mealexpense.query.readmodel.CopyRows;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
 * is written once however often it changed. Chunks are read one after the other, folded side by side, and copied in
 * their order; each commits with the last aggregate in it, where a new runner goes on. While members are busy it pauses
 * between chunks, and nothing of it goes on meanwhile.
 */
final class LogCopier {

    /** Events read at a time: enough to be worth a transaction, and few enough to be gone before they get old. */
    private static final int CHUNK = 2_000;

    /** Chunks that are read and folded while one is copied. */
    private static final int AHEAD = 2;

    private static final Logger log = LoggerFactory.getLogger(LogCopier.class);

    private final LogSource source;
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final RebuildStore store;
    private final TransactionTemplate transactions;
    private final TransactionTemplate savepoint;
    private volatile boolean heldUp;

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

    /** Whole aggregates, as stored; none behind the last one. */
    private record Chunk(@Nullable UUID after, List<Stored> events) {

        boolean isTheEnd() {
            return events.isEmpty();
        }

        UUID last() {
            return events.getLast().aggregate();
        }

        Span span() {
            return new Span(after, last(), events.size());
        }
    }

    /** The aggregates behind one up to another, and how many events they have. */
    private record Span(@Nullable UUID after, UUID last, int events) {}

    /** What a chunk becomes, or the failure that one of its events causes; of the events themselves nothing is kept. */
    private record Folded(
            Span span, List<CopyRows> rows, @Nullable RuntimeException failure) {}

    /**
     * Copies until everything is there, the rebuild is cancelled, or the thread is interrupted.
     *
     * @return the rebuild as it is then
     */
    RebuildTask copy(RebuildTask begun, Collection<Projector> projectors) throws InterruptedException {
        try (var fetcher = threads("rebuild-fetch", 1);
                var folders = threads("rebuild-fold", AHEAD)) {
            try {
                return copy(begun, projectors, fetcher, folders);
            } finally {
                fetcher.shutdownNow();
                folders.shutdownNow();
            }
        }
    }

    private static ExecutorService threads(String name, int count) {
        return Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name(name + "-", 1).factory());
    }

    private RebuildTask copy(RebuildTask begun, Collection<Projector> projectors, Executor fetcher, Executor folders)
            throws InterruptedException {
        var task = begun;
        var begin = System.nanoTime();
        var courtesy = new Courtesy(source::head, System::nanoTime);
        var done = 0L;
        heldUp = false;
        var ahead = new ArrayDeque<CompletableFuture<Optional<Folded>>>();
        var whole = !projectors.stream().allMatch(Projector::needsNoMetadata);
        var fetched = CompletableFuture.supplyAsync(() -> fetch(begun.upTo(), begun.after(), whole), fetcher);
        while (task.decision().isEmpty()) {
            while (ahead.size() <= AHEAD) {
                ahead.add(fetched.thenApplyAsync(chunk -> fold(chunk, projectors), folders));
                fetched = fetched.thenApplyAsync(
                        before -> before.isTheEnd() ? before : fetch(begun.upTo(), before.last(), whole), fetcher);
            }
            var next = outcome(ahead.remove());
            if (next.isEmpty()) {
                break;
            }
            done += next.get().span().events();
            task = write(task, next.get(), projectors, done / seconds(begin));
            heldUp = courtesy.due() > 0;
            if (heldUp) {
                settle(Stream.concat(ahead.stream(), Stream.of(fetched)));
            }
            courtesy.pause();
        }
        return task;
    }

    /** Whether members were in a hurry when it last looked. */
    boolean isHeldUp() {
        return heldUp;
    }

    /** Waits until nothing is at work any more; what failed is told when its turn comes. */
    private static void settle(Stream<? extends CompletableFuture<?>> ahead) throws InterruptedException {
        outcome(CompletableFuture.allOf(ahead.toArray(CompletableFuture[]::new)).exceptionally(failed -> null));
    }

    private static double seconds(long begin) {
        return Math.max(0.001, (System.nanoTime() - begin) / 1e9);
    }

    static <T extends @Nullable Object> T outcome(Future<T> future) throws InterruptedException {
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
                return new Chunk(after, events);
            }
            var last = events.getLast().aggregate();
            var end = events.size();
            while (end > 0 && events.get(end - 1).aggregate().equals(last)) {
                end--;
            }
            if (end > 0) {
                return new Chunk(after, events.subList(0, end));
            }
        }
    }

    private Optional<Folded> fold(Chunk chunk, Collection<Projector> projectors) {
        if (chunk.isTheEnd()) {
            return Optional.empty();
        }
        var rows = new ArrayList<CopyRows>();
        var events = understood(chunk.events());
        try {
            projectors.forEach(projector -> rows.addAll(projector.gather(events).forEmptyTables()));
            return Optional.of(new Folded(chunk.span(), rows, null));
        } catch (RuntimeException failure) {
            if (!Projector.isOfTheEvent(failure)) {
                throw failure;
            }
            return Optional.of(new Folded(chunk.span(), List.of(), failure));
        }
    }

    private List<TrackedEventMessage<?>> understood(List<Stored> chunk) {
        var events = new ArrayList<TrackedEventMessage<?>>(chunk.size());
        for (var stored : chunk) {
            events.add(source.readPayload(stored));
        }
        return events;
    }

    private RebuildTask write(RebuildTask task, Folded folded, Collection<Projector> projectors, double perSecond) {
        var span = folded.span();
        var failure = folded.failure();
        if (failure == null) {
            try {
                return inGeneration(task, span, perSecond, () -> copyAll(folded.rows()));
            } catch (RuntimeException refused) {
                if (!Projector.isOfTheEvent(refused)) {
                    throw refused;
                }
                failure = refused;
            }
        }
        log.warn("A chunk of rebuild {} is copied aggregate by aggregate: {}", task.id(), failure.getMessage());
        var aggregates = aggregates(understood(source.byAggregate(span.after(), task.upTo(), span.events(), true)));
        return inGeneration(
                task,
                span,
                perSecond,
                () -> projectors.forEach(projector ->
                        aggregates.forEach(aggregate -> writeAlone(task.generation(), projector, aggregate))));
    }

    private RebuildTask inGeneration(RebuildTask task, Span span, double perSecond, Runnable writing) {
        return Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("SELECT set_config('search_path', ?, true), set_config('synchronous_commit', 'off', true)")
                    .param(task.schema())
                    .query((row, number) -> true)
                    .single();
            writing.run();
            return store.copied(task, span.last(), span.events(), perSecond);
        }));
    }

    private void copyAll(List<CopyRows> copies) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            for (var rows : copies) {
                rows.copyTo(connection);
            }
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
                        status -> copyAll(projector.gather(first).forEmptyTables()));
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
