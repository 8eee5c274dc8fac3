package io.mealexpense.command.eventstore;

/** Whoever remembers what the log said. */
@FunctionalInterface
public interface LogMemory {

    /** Forgets it: the log was exchanged for an older copy, which may never have said it. */
    void forget();
}
