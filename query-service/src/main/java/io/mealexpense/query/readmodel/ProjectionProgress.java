package io.mealexpense.query.readmodel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the reads of this process that wait for a projection of this process; others look for themselves. */
public final class ProjectionProgress {

    private static final class Signal {
        final ReentrantLock lock = new ReentrantLock();
        final Condition moved = lock.newCondition();
        long position = -1;
    }

    private final Map<String, Signal> signals = new ConcurrentHashMap<>();

    /** The projection's rows up to the position are committed. */
    public void committed(String projection, long position) {
        var signal = of(projection);
        signal.lock.lock();
        try {
            signal.position = position;
            signal.moved.signalAll();
        } finally {
            signal.lock.unlock();
        }
    }

    /** Waits until a commit reached the position, for so long at most; the reader then looks again. */
    void await(String projection, long position, long nanos) throws InterruptedException {
        var signal = of(projection);
        signal.lock.lockInterruptibly();
        try {
            var left = Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(20));
            while (signal.position < position && left > 0) {
                left = signal.moved.awaitNanos(left);
            }
        } finally {
            signal.lock.unlock();
        }
    }

    private Signal of(String projection) {
        return signals.computeIfAbsent(projection, name -> new Signal());
    }
}
