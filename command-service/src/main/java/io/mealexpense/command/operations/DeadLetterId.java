package io.mealexpense.command.operations;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names what one projection could not take of one subject. It follows from the two, so nobody has to look it up. */
public record DeadLetterId(UUID value) {

    /** Whatever changes here makes new streams of acts on letters that have one. */
    static DeadLetterId of(ProjectionName projection, UUID subjectId) {
        var name = "dead letter of %s in %s".formatted(subjectId, projection.value());
        return new DeadLetterId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
