package io.mealexpense.query.readmodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * As of when an answer is wanted.
 *
 * @param asOf a moment of the past, absent for the present
 * @param atLeast what an answer about the present must contain; one about the past contains what was known then
 */
public record Moment(@Nullable Instant asOf, AtLeast atLeast) {

    public static Moment now(AtLeast atLeast) {
        return new Moment(null, atLeast);
    }
}
