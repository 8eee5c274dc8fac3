package io.mealexpense.query.rebuild;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives way to members: while the log grows fast, a rebuild works a fifth of the time, so that commands keep the
 * machine. When nobody is in a hurry it does not pause.
 */
final class Courtesy {

    /** Events per second appended by others from which on it pauses. */
    private static final double BUSY = 100;

    /** Time paused for each time worked. */
    private static final int SHARE = 4;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final LongSupplier head;
    private final LongSupplier nanos;
    private long lastHead;
    private long lastNanos;

    /**
     * @param head last position of the log
     * @param nanos a clock that never runs back
     */
    Courtesy(LongSupplier head, LongSupplier nanos) {
        this.head = head;
        this.nanos = nanos;
        this.lastHead = head.getAsLong();
        this.lastNanos = nanos.getAsLong();
    }

    /** Nanoseconds to pause after what was done since the last pause. */
    long due() {
        var worked = Math.max(1, nanos.getAsLong() - lastNanos);
        var appended = Math.max(0, head.getAsLong() - lastHead);
        return appended * 1e9 / worked < BUSY ? 0 : Math.min(SHARE * worked, LONGEST_NANOS);
    }

    /** Pauses as long as is due. */
    void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(due());
        lastHead = head.getAsLong();
        lastNanos = nanos.getAsLong();
    }
}
