package io.mealexpense.verify;

import io.mealexpense.merkle.note.LogName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A declaration in the log that it had been restored from a backup.
 *
 * @param position of the event that says so; the log was restored up to the one before
 * @param by account of whoever declared it
 * @param publishedSize events that had been sealed and published by then, where it was known
 * @param saysEndsAt where it says that the restored log ended
 */
record Recovery(
        long position,
        UUID id,
        Instant at,
        String by,
        @Nullable String reason,
        @Nullable Long publishedSize,
        long saysEndsAt) {

    private static final int SERIES_DIGITS = 8;

    /** The last position that the log shares with what it was before. */
    long lastPosition() {
        return position - 1;
    }

    /** What checkpoints are called from here on. */
    String series() {
        var text = id.toString();
        return LogName.series(position, text.substring(text.length() - SERIES_DIGITS));
    }

    @Override
    public String toString() {
        return "a recovery that %s declared at %s (%s)".formatted(by, at, reason == null ? "no reason" : reason);
    }
}
