package io.mealexpense.command.category;

import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;

/**
 * How a category is shown.
 *
 * @param name as shown to the owner
 * @param colour sRGB as {@code #rrggbb}
 * @param icon one of {@link CategoryIcons}
 */
public record CategoryLook(String name, String colour, String icon) {

    boolean equalTo(CategoryEvent event) {
        return event instanceof CategoryCreated created
                && equals(new CategoryLook(created.name(), created.colour(), created.icon()));
    }
}
