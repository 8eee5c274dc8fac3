package io.mealexpense.command.account;

import java.util.UUID;

/** Names one account. */
public record AccountId(UUID value) {

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
