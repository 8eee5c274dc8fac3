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
    private final LogHead head;
    private final Queue<TrackedEventMessage<?>> read = new ArrayDeque<>();
    private long position;
    private Runnable unregister = () -> {};

    LogStream(LogSource source, LogHead head, long position) {
        this.source = source;
        this.head = head;
        this.position = position;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(read.peek());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        if (read.isEmpty()) {
            if (head.awaitBeyond(position, timeout, unit)) {
                fetch();
            } else if (head.position() != LogHead.UNKNOWN && head.position() < position) {
                source.mustReach(position);
            }
        }
        return !read.isEmpty();
    }

    /** Events before one that cannot be read are still handed out; only then does it fail, every time it is reached. */
    private void fetch() {
        for (var stored : source.after(position)) {
            try {
                read.add(source.read(stored));
            } catch (LogBrokenException unreadable) {
                if (read.isEmpty()) {
                    throw unreadable;
                }
                return;
            }
            position = stored.position();
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
