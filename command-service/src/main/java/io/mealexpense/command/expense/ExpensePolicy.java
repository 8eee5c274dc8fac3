package io.mealexpense.command.expense;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules that depend on the clock or on other aggregates. */
@Component
public class ExpensePolicy {

    private final Clock clock;
    private final OwnedCategories categories;

    ExpensePolicy(Clock clock, OwnedCategories categories) {
        this.clock = clock;
        this.categories = categories;
    }

    /**
     * Whether this content may be recorded now for this owner.
     *
     * @param before the category the expense has already; it stays allowed
     * @throws ExpenseRefused if it may not
     */
    public void require(ExpenseContent content, UUID ownerId, @Nullable UUID before) {
        var latest = LocalDate.now(clock.withZone(ZoneOffset.ofHours(14))).plusYears(1);
        if (content.spentOn().isAfter(latest)) {
            throw new ExpenseRefused.SpentInTheFuture(latest);
        }
        var category = content.categoryId();
        if (category != null && !category.equals(before) && !categories.owns(ownerId, category)) {
            throw new ExpenseRefused.UnknownCategory(category);
        }
        // the catalogue of restaurants does not exist yet, so nobody can have one
        if (content.restaurantId() != null) {
            throw new ExpenseRefused.UnknownRestaurant(content.restaurantId());
        }
    }
}
