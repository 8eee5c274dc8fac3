package io.mealexpense.verify;

import java.util.UUID;

/**
 * An event of the log as far as a fold needs it.
 *
 * @param recordedAt microseconds since 1970
 */
record Fact(
        long position,
        String aggregateType,
        UUID aggregateId,
        long sequence,
        String name,
        String revision,
        long recordedAt,
        String payload) {}
