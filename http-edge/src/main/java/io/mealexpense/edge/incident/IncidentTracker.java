package io.mealexpense.edge.incident;

/** Takes incidents to wherever somebody looks at them. */
@FunctionalInterface
public interface IncidentTracker {

    /** Returns at once: whoever is in trouble already does not wait for this. */
    void report(Incident incident);
}
