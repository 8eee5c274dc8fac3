package io.mealexpense.events;

import java.util.UUID;

/** What can happen to the import of a file as a whole. */
public sealed interface ImportEvent extends StoredEvent permits ImportApplied, ImportUndone {

    UUID importId();

    UUID ownerId();
}
