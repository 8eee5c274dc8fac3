package io.mealexpense.command.category;

import java.util.Set;

/** The icons a category can have, by their names in the Tabler set. */
public final class CategoryIcons {

    public static final Set<String> NAMES = Set.of(
            "tools-kitchen-2",
            "shopping-cart",
            "glass",
            "burger",
            "confetti",
            "cookie",
            "dots",
            "coffee",
            "pizza",
            "soup",
            "fish",
            "salad",
            "ice-cream",
            "cake",
            "beer",
            "bottle",
            "meat",
            "bread",
            "egg",
            "apple",
            "truck-delivery",
            "briefcase",
            "gift",
            "heart",
            "home",
            "plane",
            "school",
            "star",
            "users",
            "receipt");

    private CategoryIcons() {}
}
