package io.mealexpense.events;

import java.util.UUID;

/** What an operator decides about a rebuild: to begin it, to swap it in all the same, or to give it up. */
public sealed interface ProjectionRebuildEvent extends ProjectionEvent
        permits ProjectionRebuildRequested, ProjectionRebuildSwapped, ProjectionRebuildCancelled {

    UUID rebuildId();
}
