package io.mealexpense.command.expense;

import java.util.UUID;

/** Names one expense; a client may make it (UUID version 7), so that a repeated recording is recognised. */
public record MealExpenseId(UUID value) {

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
