package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An expense was taken out of lists and totals; its history stays.
 *
 * @param mealExpenseId which expense
 * @param ownerId whose expense it is
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record MealExpenseDeleted(
        UUID mealExpenseId,
        UUID ownerId,
        @Nullable @Personal String reason) implements MealExpenseEvent {}
