package io.mealexpense.query.eventstream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The end of the log, read and understood once for all projections of this process that follow it side by side. Who is
 * further behind reads for itself.
 */
final class LogWindow {

    private final LogSource source;
    private final LogHead head;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private List<TrackedEventMessage<?>> events = List.of();
    private long before;
    private int epoch;

    /**
     * @param capacity events kept at most
     */
    LogWindow(LogSource source, LogHead head, int capacity) {
        this.source = source;
        this.head = head;
        this.capacity = capacity;
    }

    /**
     * What follows the position, as much as is read at a time; nothing if the log ends there. Events before one that
     * cannot be read are still handed out; only who has come to it is told.
     *
     * @throws LogBrokenException if the next event is missing or cannot be read
     */
    List<TrackedEventMessage<?>> after(long position) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (epoch != head.epoch()) {
                epoch = head.epoch();
                events = List.of();
            }
            var end = before + events.size();
            if (position >= before && position < end) {
                return List.copyOf(events.subList(Math.toIntExact(position - before), events.size()));
            }
            if (position >= end) {
                var next = source.understood(position);
                keep(position, next);
                return next;
            }
        } finally {
            lock.unlock();
        }
        return source.understood(position);
    }

    private void keep(long position, List<TrackedEventMessage<?>> next) {
        var all = new ArrayList<TrackedEventMessage<?>>();
        if (position == before + events.size()) {
            all.addAll(events);
        }
        all.addAll(next);
        events = List.copyOf(all.subList(Math.max(0, all.size() - capacity), all.size()));
        before = position + next.size() - events.size();
    }
}
