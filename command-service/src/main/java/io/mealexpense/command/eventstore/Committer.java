package io.mealexpense.command.eventstore;

import io.mealexpense.command.metrics.CommandMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits what waits together: whoever has the turn drains all waiting appends into one statement, so that commands
 * that arrive side by side share one round trip, one turn at the head row and one flush to disk. The turn goes round
 * among the threads that wait: one that comes alone is handed to nobody else and back, and while one tells the others
 * their places the next is already at the log. Appends that refuse each other's company are made one by one.
 */
final class Committer implements Appender, AutoCloseable {

    private static final long CLOSE_SECONDS = 20;

    /** One command's events on their way, and what became of them. */
    private static final class Waiting {
        final List<NewEvent> events;
        final Thread thread = Thread.currentThread();
        private long lastPosition;
        private @Nullable Throwable refusal;
        private volatile boolean told;

        Waiting(List<NewEvent> events) {
            this.events = events;
        }

        void tell(long position) {
            lastPosition = position;
            told = true;
        }

        void refuse(Throwable why) {
            refusal = why;
            told = true;
        }

        long answer() {
            if (refusal != null) {
                throw refusal instanceof RuntimeException cause ? cause : new IllegalStateException(refusal);
            }
            return lastPosition;
        }
    }

    private final Appender log;
    private final BlockingQueue<Waiting> queue;
    private final int maxEvents;
    private final CommandMeters meters;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean closed;

    /**
     * @param capacity appends that may wait; one more is refused rather than kept waiting for long
     * @param maxEvents events in one statement, unless a single append has more
     */
    Committer(Appender log, int capacity, int maxEvents, CommandMeters meters) {
        this.log = log;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.maxEvents = maxEvents;
        this.meters = meters;
        meters.queue(this::waiting, capacity);
    }

    /** @throws LogBusyException if too many wait already, or the process is stopping; nothing was appended */
    @Override
    public long append(List<NewEvent> events) {
        var began = System.nanoTime();
        var mine = new Waiting(events);
        if (closed || !queue.offer(mine)) {
            throw new LogBusyException();
        }
        while (!mine.told) {
            if (turn.tryLock()) {
                List<Waiting> batch;
                try {
                    batch = drain();
                    commit(batch);
                } finally {
                    turn.unlock();
                    wakeNext();
                }
                batch.forEach(waiting -> LockSupport.unpark(waiting.thread));
            } else {
                LockSupport.park(this);
                if (!mine.told && Thread.interrupted()) {
                    queue.remove(mine);
                    wakeNext(); // the turn may have been offered to this thread
                    Thread.currentThread().interrupt();
                    throw new EventLog.OutcomeUnknownException(new InterruptedException());
                }
            }
        }
        meters.appended(System.nanoTime() - began);
        return mine.answer();
    }

    /** Appends that wait for their turn now. */
    int waiting() {
        return queue.size();
    }

    /**
     * Offers the turn to whoever waits longest. Nobody is forgotten: who found the turn taken was in the queue before,
     * and who had it looks here only after giving it back.
     */
    private void wakeNext() {
        var next = queue.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    private List<Waiting> drain() {
        var batch = new ArrayList<Waiting>();
        var count = 0;
        for (var next = queue.peek(); next != null; next = queue.peek()) {
            count += next.events.size();
            if (count > maxEvents && !batch.isEmpty()) {
                break;
            }
            // one that was interrupted may have gone in between; then this is the one behind it
            var taken = queue.poll();
            if (taken != null) {
                batch.add(taken);
            }
        }
        return batch;
    }

    private void commit(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        var events = batch.size() == 1
                ? batch.getFirst().events
                : batch.stream().flatMap(waiting -> waiting.events.stream()).toList();
        try {
            var position = log.append(events) - events.size();
            meters.committed(events.size());
            for (var waiting : batch) {
                position += waiting.events.size();
                waiting.tell(position);
            }
        } catch (EventLog.DuplicateEventException conflict) {
            if (batch.size() == 1) {
                batch.getFirst().refuse(conflict);
            } else {
                batch.forEach(alone -> commit(List.of(alone)));
            }
        } catch (Throwable failure) {
            batch.forEach(waiting -> waiting.refuse(failure));
        }
    }

    /** Takes no more, and returns when what waits is committed. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        var giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        while (System.nanoTime() < giveUp) {
            if (turn.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                turn.unlock();
                if (queue.isEmpty()) {
                    return;
                }
                wakeNext();
                Thread.sleep(1);
            }
        }
    }
}
