package io.mealexpense.events;

import java.util.UUID;

/** What can happen to a meal expense. */
public sealed interface MealExpenseEvent extends StoredEvent
        permits MealExpenseRecorded, MealExpenseAmended, MealExpenseDeleted, MealExpenseRestored {

    UUID mealExpenseId();

    UUID ownerId();
}
