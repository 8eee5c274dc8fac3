package io.mealexpense.query.eventstream;

/** Turns events into the rows of one read model; a processing group of its own, with its own token. */
public interface Projection {

    /** The processing group, which is also the name operators know, such as {@code monthly-report}. */
    String group();
}
