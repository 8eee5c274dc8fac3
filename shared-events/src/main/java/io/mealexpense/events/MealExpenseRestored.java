package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A deleted expense came back with all it carried.
 *
 * @param mealExpenseId which expense
 * @param ownerId whose expense it is
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record MealExpenseRestored(
        UUID mealExpenseId,
        UUID ownerId,
        @Nullable @Personal String reason) implements MealExpenseEvent {}
