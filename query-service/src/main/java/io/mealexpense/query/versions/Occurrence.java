package io.mealexpense.query.versions;

import io.mealexpense.events.MealExpenseEvent;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an expense, and who did it.
 *
 * @param actorId absent for what nobody did, such as an upkeep
 */
record Occurrence(MealExpenseEvent event, @Nullable String actorId) {}
