package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * An operator gave a rebuild up; the live read models stay.
 *
 * @param rebuildId which rebuild
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record ProjectionRebuildCancelled(
        UUID rebuildId, @Personal String reason) implements ProjectionRebuildEvent {}
