package io.mealexpense.command.category;

import java.util.UUID;

/** Names one category of one account. */
public record CategoryId(UUID value) {

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
