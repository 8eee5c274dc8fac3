package io.mealexpense.command.expense;

import java.util.UUID;

/** Whose category it is; a category never changes its owner. Archived ones count: old entries may still arrive. */
public interface OwnedCategories {

    boolean owns(UUID ownerId, UUID categoryId);
}
