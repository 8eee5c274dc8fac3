package io.mealexpense.events;

import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * An operator wants read models made anew from the log, beside the live ones.
 *
 * @param rebuildId which rebuild
 * @param projections which projections, by the names of {@link ProjectionNames}, in alphabetical order
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record ProjectionRebuildRequested(
        UUID rebuildId, List<String> projections, @Personal String reason) implements ProjectionRebuildEvent {

    public ProjectionRebuildRequested {
        projections = List.copyOf(projections);
    }
}
