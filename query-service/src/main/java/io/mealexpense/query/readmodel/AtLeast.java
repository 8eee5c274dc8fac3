package io.mealexpense.query.readmodel;

import io.mealexpense.edge.version.ConsistencyToken;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * What a read must have seen: the writes whose consistency tokens it sent.
 *
 * @param position of the log, empty when any state will do
 */
public record AtLeast(OptionalLong position) {

    public static final AtLeast ANYTHING = new AtLeast(OptionalLong.empty());

    /** From the request's headers; one that was not made here is refused with 400. */
    public static AtLeast of(Collection<String> headers) {
        return new AtLeast(ConsistencyToken.highest(headers));
    }
}
