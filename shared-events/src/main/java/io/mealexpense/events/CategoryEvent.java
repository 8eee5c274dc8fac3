package io.mealexpense.events;

import java.util.UUID;

/** What can happen to a category of expenses. */
public sealed interface CategoryEvent extends StoredEvent permits CategoryCreated, CategoryAmended, CategoryArchived {

    UUID categoryId();

    UUID ownerId();
}
