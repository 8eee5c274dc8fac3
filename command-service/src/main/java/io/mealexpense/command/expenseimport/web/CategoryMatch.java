package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.category.CategoryNames;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The owner's category that a file means by a name, and what must be kept of the name because no category says it.
 *
 * @param id absent if the owner has no such category
 * @param rest absent if the category says it all
 */
record CategoryMatch(@Nullable UUID id, @Nullable String rest) {

    /** What other tools call the categories that every account starts with, in small letters. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("restaurant", "Restaurants"),
            Map.entry("dining", "Restaurants"),
            Map.entry("dining out", "Restaurants"),
            Map.entry("eating out", "Restaurants"),
            Map.entry("grocery", "Groceries"),
            Map.entry("supermarket", "Groceries"),
            Map.entry("drink", "Drinks"),
            Map.entry("coffee", "Drinks"),
            Map.entry("coffee shop", "Drinks"),
            Map.entry("coffee shops", "Drinks"),
            Map.entry("bars", "Drinks"),
            Map.entry("alcohol", "Drinks"),
            Map.entry("alcohol & bars", "Drinks"),
            Map.entry("bars & alcohol", "Drinks"),
            Map.entry("snacks", "Snacks & Vending"),
            Map.entry("snack", "Snacks & Vending"),
            Map.entry("vending", "Snacks & Vending"));

    /**
     * Of {@code Parent:Child} the child is looked for first. A category found by the parent alone leaves the child to be
     * kept; where none is found, the whole name is.
     */
    static CategoryMatch of(@Nullable String name, CategoryNames.Named categories) {
        if (name == null) {
            return new CategoryMatch(null, null);
        }
        var whole = categories.find(name);
        if (whole.isPresent()) {
            return new CategoryMatch(whole.get(), null);
        }
        var colon = name.lastIndexOf(':');
        var child = name.substring(colon + 1).strip();
        var byChild = find(child, categories);
        if (byChild.isPresent()) {
            return new CategoryMatch(byChild.get(), null);
        }
        var parent = colon < 0 ? "" : name.substring(0, colon).strip();
        return find(parent, categories)
                .map(id -> new CategoryMatch(id, child.isEmpty() ? null : child))
                .orElseGet(() -> new CategoryMatch(null, name));
    }

    private static Optional<UUID> find(String name, CategoryNames.Named categories) {
        return categories
                .find(name)
                .or(() -> Optional.ofNullable(OTHER_NAMES.get(name.toLowerCase(Locale.ROOT)))
                        .flatMap(categories::find));
    }
}
