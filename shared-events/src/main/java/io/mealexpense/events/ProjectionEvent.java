package io.mealexpense.events;

/** What an operator asks of projections, which obey it from the log. */
public sealed interface ProjectionEvent extends StoredEvent permits ProjectionRebuildEvent, DeadLetterEvent {

    String reason();
}
