package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * A category was added to an account.
 *
 * @param categoryId which category
 * @param ownerId the account that uses it
 * @param name as shown to the owner
 * @param colour sRGB as {@code #rrggbb}
 * @param icon name of the icon, one of the product's fixed set
 */
@Revision("1")
public record CategoryCreated(UUID categoryId, UUID ownerId, String name, String colour, String icon)
        implements CategoryEvent {}
