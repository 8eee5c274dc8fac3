package io.mealexpense.command.operations;

import java.util.UUID;

/** Names one rebuild; a client may make it (UUID version 7), so that a repeated request is recognised. */
public record RebuildId(UUID value) {

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
