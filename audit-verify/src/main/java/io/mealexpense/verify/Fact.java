package io.mealexpense.verify;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log as far as a fold needs it.
 *
 * @param recordedAt microseconds since 1970
 * @param actorId who did it, absent for the system
 */
record Fact(
        long position,
        String aggregateType,
        UUID aggregateId,
        long sequence,
        String name,
        String revision,
        long recordedAt,
        @Nullable String actorId,
        String payload) {}
