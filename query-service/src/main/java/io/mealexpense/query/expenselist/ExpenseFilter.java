package io.mealexpense.query.expenselist;

import io.mealexpense.query.expense.Period;
import io.mealexpense.query.expense.SearchText;
import io.mealexpense.query.readmodel.MealType;
import io.mealexpense.query.readmodel.OrderType;
import io.mealexpense.query.web.CategoryChoice;
import io.mealexpense.query.web.Currencies;
import io.mealexpense.query.web.Where;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which expenses are meant; the same for list and export. */
record ExpenseFilter(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String q,
        Set<CategoryChoice> categoryId,
        Set<MealType> mealType,
        Set<OrderType> orderType,
        List<String> tag,
        Set<UUID> restaurantId,
        @Nullable BigDecimal minAmount,
        @Nullable BigDecimal maxAmount,
        Set<String> currency,
        ExpenseState state) {

    void check(ExpenseSort sort, BiConsumer<String, String> refuse) {
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
        if (q != null && SearchText.patterns(q).isEmpty()) {
            refuse.accept("q", "has no letter or digit");
        }
        if (minAmount != null && maxAmount != null && minAmount.compareTo(maxAmount) > 0) {
            refuse.accept("minAmount", "is more than maxAmount");
        }
        Currencies.check(currency, refuse);
        if (sort.byAmount() && currency.size() != 1) {
            refuse.accept("sort", "by amount needs exactly one currency");
        }
    }

    /** Whether the totals tables, which know owner, day, category, meal type and currency, can tell the sums. */
    boolean isServedByTotals() {
        return state == ExpenseState.ACTIVE
                && q == null
                && orderType.isEmpty()
                && tag.isEmpty()
                && restaurantId.isEmpty()
                && minAmount == null
                && maxAmount == null;
    }

    /** Whether the totals of whole months, which know owner and currency, can help. */
    boolean isServedByMonths() {
        return categoryId.isEmpty() && mealType.isEmpty() && period().hasMonths();
    }

    Where addTo(Where where) {
        return addKeysTo(where.and("spent_on >= :from", "from", from).and("spent_on <= :to", "to", to));
    }

    /** All that the totals of days know but the days. */
    Where addKeysTo(Where where) {
        return addCurrenciesTo(where.categories(categoryId)
                .and(
                        "meal_type IN (:mealTypes)",
                        "mealTypes",
                        mealType.stream().map(MealType::code).toList()));
    }

    Where addCurrenciesTo(Where where) {
        return where.and("currency IN (:currencies)", "currencies", currency);
    }

    Period period() {
        return new Period(from, to);
    }

    /** The rest of the filter, of which only the expenses themselves know. */
    Where addDetailTo(Where where) {
        where.and(state == ExpenseState.DELETED ? "deleted" : "NOT deleted")
                .and(
                        "order_type IN (:orderTypes)",
                        "orderTypes",
                        orderType.stream().map(OrderType::code).toList())
                .and("restaurant_id IN (:restaurants)", "restaurants", restaurantId)
                .and("amount >= :minAmount", "minAmount", minAmount)
                .and("amount <= :maxAmount", "maxAmount", maxAmount);
        var tags = 0;
        for (var name : tag) {
            var parameter = "tag" + tags++;
            where.and("tags @> ARRAY[:%s]::text[]".formatted(parameter), parameter, name);
        }
        var words = 0;
        for (var pattern : q == null ? List.<String>of() : SearchText.patterns(q)) {
            var parameter = "word" + words++;
            where.and("search_text LIKE :" + parameter, parameter, pattern);
        }
        return where;
    }

    /** The same text for the same filter, whatever the order of its values. */
    String canonical() {
        return List.of(
                        String.valueOf(from),
                        String.valueOf(to),
                        String.valueOf(q),
                        sorted(categoryId),
                        sorted(mealType),
                        sorted(orderType),
                        sorted(tag),
                        sorted(restaurantId),
                        String.valueOf(minAmount),
                        String.valueOf(maxAmount),
                        sorted(currency),
                        state.code())
                .toString();
    }

    private static String sorted(java.util.Collection<?> values) {
        return values.stream().map(Object::toString).sorted().toList().toString();
    }
}
