package io.mealexpense.query.categoryspend;

import io.mealexpense.query.readmodel.MealType;
import io.mealexpense.query.web.CategoryChoice;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.Where;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which spending is meant. */
record SpendingFilter(
        Owners owners,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        Set<CategoryChoice> categories,
        Set<MealType> mealTypes,
        Set<String> currencies) {

    SpendingFilter(Owners owners, @Nullable LocalDate from, @Nullable LocalDate to) {
        this(owners, from, to, Set.of(), Set.of(), Set.of());
    }

    Where where() {
        return new Where()
                .owners(owners)
                .and("spent_on >= :from", "from", from)
                .and("spent_on <= :to", "to", to)
                .categories(categories)
                .and(
                        "meal_type IN (:mealTypes)",
                        "mealTypes",
                        mealTypes.stream().map(MealType::code).toList())
                .and("currency IN (:currencies)", "currencies", currencies);
    }
}
