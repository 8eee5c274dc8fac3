package io.mealexpense.query.eventstream;

/**
 * Copies of read models that have nothing yet of a log that is long: made at once, in the order of aggregates, which is
 * many times faster than to project event by event. Nobody projects them before.
 */
@FunctionalInterface
public interface FirstCopies {

    /** None are made: everything is projected from the first event on. */
    FirstCopies NONE = projection -> {};

    /** Asks for one unless the log is short. Called in the transaction that gives the projection its token. */
    void want(String projection);
}
