package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * A category is no longer offered for new expenses; the expenses that carry it keep it.
 *
 * @param categoryId which category
 * @param ownerId the account that used it
 */
@Revision("1")
public record CategoryArchived(UUID categoryId, UUID ownerId) implements CategoryEvent {}
