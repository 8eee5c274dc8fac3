package io.mealexpense.command.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Commits what waits together: one thread drains all waiting appends into one statement, so that commands that arrive
 * side by side share one round trip, one turn at the head row and one flush to disk. Appends that refuse each other's
 * company are made one by one.
 */
final class Committer implements Appender, AutoCloseable {

    private static final long IDLE_MILLIS = 500;

    /** One command's events on their way, and where their place in the log is told. */
    private record Waiting(List<NewEvent> events, CompletableFuture<Long> lastPosition) {}

    private final Appender log;
    private final BlockingQueue<Waiting> queue;
    private final int maxEvents;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param capacity appends that may wait; one more is refused rather than kept waiting for long
     * @param maxEvents events in one statement, unless a single append has more
     */
    Committer(Appender log, int capacity, int maxEvents) {
        this.log = log;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.maxEvents = maxEvents;
        this.thread = Thread.ofPlatform().name("log-committer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** @throws LogBusyException if too many wait already, or the process is stopping; nothing was appended */
    @Override
    public long append(List<NewEvent> events) {
        var waiting = new Waiting(events, new CompletableFuture<>());
        if (closed || !queue.offer(waiting)) {
            throw new LogBusyException();
        }
        if (!thread.isAlive() && queue.remove(waiting)) {
            throw new LogBusyException(); // it stopped in between
        }
        try {
            return waiting.lastPosition.get();
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EventLog.OutcomeUnknownException(stopped);
        }
    }

    /** Appends that wait for their turn now. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        var batch = new ArrayList<Waiting>();
        while (!closed || !queue.isEmpty()) {
            try {
                var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    drain(batch, first.events.size());
                    commit(batch);
                }
            } catch (InterruptedException closing) {
                // what waits is still committed; the loop ends after that
            } finally {
                batch.clear();
            }
        }
    }

    private void drain(List<Waiting> batch, int events) {
        for (var count = events; ; ) {
            var next = queue.peek();
            if (next == null || count + next.events.size() > maxEvents) {
                return;
            }
            count += next.events.size();
            batch.add(queue.remove());
        }
    }

    private void commit(List<Waiting> batch) {
        var events = batch.size() == 1
                ? batch.getFirst().events
                : batch.stream().flatMap(waiting -> waiting.events.stream()).toList();
        try {
            var position = log.append(events) - events.size();
            for (var waiting : batch) {
                position += waiting.events.size();
                waiting.lastPosition.complete(position);
            }
        } catch (EventLog.DuplicateEventException conflict) {
            if (batch.size() == 1) {
                batch.getFirst().lastPosition.completeExceptionally(conflict);
            } else {
                batch.forEach(alone -> commit(List.of(alone)));
            }
        } catch (Throwable failure) {
            batch.forEach(waiting -> waiting.lastPosition.completeExceptionally(failure));
        }
    }

    /** Takes no more, commits what waits, and returns when that is done. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(20));
    }
}
