package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An operator decided that rebuilt read models take the place of the live ones although they differ. Equal ones do so
 * without a word.
 *
 * @param rebuildId which rebuild
 * @param reason why, in the words of whoever did it
 * @param comparedAt the position of the comparison that was looked at; absent in old events: whichever there was
 */
@Revision("1")
public record ProjectionRebuildSwapped(
        UUID rebuildId, @Personal String reason, @Nullable Long comparedAt) implements ProjectionRebuildEvent {}
