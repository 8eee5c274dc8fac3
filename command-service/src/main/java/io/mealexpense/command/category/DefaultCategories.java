package io.mealexpense.command.category;

import io.mealexpense.command.category.CategoryCommand.CreateCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The seven categories every new account starts with. */
public final class DefaultCategories {

    private static final List<CategoryLook> LOOKS = List.of(
            new CategoryLook("Restaurants", "#C2410C", "tools-kitchen-2"),
            new CategoryLook("Groceries", "#4D7C0F", "shopping-cart"),
            new CategoryLook("Drinks", "#0E7490", "glass"),
            new CategoryLook("Fast Food", "#B45309", "burger"),
            new CategoryLook("Entertainment", "#7E22CE", "confetti"),
            new CategoryLook("Snacks & Vending", "#BE185D", "cookie"),
            new CategoryLook("Other", "#57534E", "dots"));

    private DefaultCategories() {}

    /** Their creation for one account; asked twice, the same identifiers again. */
    public static List<CreateCategory> of(UUID accountId) {
        return LOOKS.stream()
                .map(look -> new CreateCategory(
                        new CategoryId(UUID.nameUUIDFromBytes(
                                (accountId + "/" + look.name()).getBytes(StandardCharsets.UTF_8))),
                        accountId,
                        look))
                .toList();
    }
}
