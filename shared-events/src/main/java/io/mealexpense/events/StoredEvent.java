package io.mealexpense.events;

/** A fact of the log; {@link EventCatalogue} lists every one there is. */
public sealed interface StoredEvent
        permits MealExpenseEvent, CategoryEvent, AccountEvent, ImportEvent, ProjectionEvent, RecoveryEvent {}
