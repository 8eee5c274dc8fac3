package io.mealexpense.query.eventstream;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/** One processor's way along the log; used by one thread. */
final class LogStream implements BlockingStream<TrackedEventMessage<?>> {

    private final LogSource source;
    private final LogWindow window;
    private final LogHead head;
    private final Pace pace = new Pace(System::nanoTime);
    private final Queue<TrackedEventMessage<?>> read = new ArrayDeque<>();
    private long position;
    private Runnable unregister = () -> {};

    LogStream(LogSource source, LogWindow window, LogHead head, long position) {
        this.source = source;
        this.window = window;
        this.head = head;
        this.position = position;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(read.peek());
    }

    /** Whoever cannot wait ends a batch here, and whoever can has done with one. */
    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        if (read.isEmpty()) {
            var pause = pace.due();
            var wait = unit.toNanos(timeout);
            if (pause > 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(pause, wait));
            }
            if (pause <= wait) {
                fetch(wait - pause);
            }
        }
        return !read.isEmpty();
    }

    private void fetch(long wait) throws InterruptedException {
        if (head.awaitBeyond(position, wait, TimeUnit.NANOSECONDS)) {
            var events = window.after(position);
            read.addAll(events);
            position += events.size();
            pace.begun(events.size() >= source.fetchSize());
        } else if (head.position() != LogHead.UNKNOWN && head.position() < position) {
            source.mustReach(position);
        }
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return read.remove();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        unregister.run();
        unregister = head.onAdvance(callback);
        return true;
    }

    @Override
    public void close() {
        unregister.run();
        read.clear();
    }
}
