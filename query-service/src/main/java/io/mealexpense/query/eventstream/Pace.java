package io.mealexpense.query.eventstream;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Spaces the batches of a projection while the log grows fast: few large ones cost a fraction of many small ones, and
 * what they cost is taken from members' commands. A projection that has much to catch up with does not pause, and one
 * event after a while is taken at once.
 */
final class Pace {

    /** Time paused for each time worked. */
    private static final int SHARE = 4;

    /** What a change may be seen later by. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final LongSupplier nanos;
    private long begun;
    private long until;
    private boolean working;

    /**
     * @param nanos a clock that never runs back
     */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        this.until = nanos.getAsLong();
    }

    /**
     * A batch begins.
     *
     * @param more whether there is probably more where it came from
     */
    void begun(boolean more) {
        begun = nanos.getAsLong();
        until = begun;
        working = !more;
    }

    /** Nanoseconds before the next batch; whoever asks has done with the last one. */
    long due() {
        var now = nanos.getAsLong();
        if (working) {
            working = false;
            until = now + Math.min(SHARE * (now - begun), LONGEST_NANOS);
        }
        return Math.max(0, until - now);
    }
}
