package io.mealexpense.command.web;

import java.util.Optional;
import java.util.UUID;

/** Ids made by clients: UUIDs of version 7, which sort by time and say nothing of the machine. */
public final class ClientMadeId {

    /** What is said of any other. */
    public static final String REFUSAL = "is not a UUID of version 7";

    private ClientMadeId() {}

    public static boolean is(UUID id) {
        return id.version() == 7 && id.variant() == 2;
    }

    /** Empty unless the text is one in its canonical form. */
    public static Optional<UUID> read(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) && is(id) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
