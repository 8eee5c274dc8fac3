package io.mealexpense.command.expense;

import io.mealexpense.events.MealExpenseContent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything a member writes about a meal, checked and in one normal form, so that equal content is equal.
 *
 * @param spentOn calendar day on the receipt
 * @param spentAt wall-clock time, to the minute
 * @param zone IANA time zone
 * @param amount gross
 * @param tax part of the amount, in its currency
 * @param tip part of the amount, in its currency
 * @param partySize people who ate, the owner included
 */
public record ExpenseContent(
        LocalDate spentOn,
        @Nullable LocalTime spentAt,
        @Nullable String zone,
        Money amount,
        @Nullable BigDecimal tax,
        @Nullable BigDecimal tip,
        MealType mealType,
        @Nullable OrderType orderType,
        @Nullable Integer partySize,
        @Nullable UUID categoryId,
        @Nullable UUID restaurantId,
        @Nullable String place,
        List<String> tags,
        @Nullable String purpose,
        List<String> attendees,
        @Nullable String notes) {

    /** By the names that the API has for them. */
    private static final Map<String, Function<ExpenseContent, @Nullable Object>> BY_PROPERTY = Map.ofEntries(
            Map.entry("spentOn", ExpenseContent::spentOn),
            Map.entry("spentAt", ExpenseContent::spentAt),
            Map.entry("zone", ExpenseContent::zone),
            Map.entry("amount", it -> it.amount().amount().stripTrailingZeros()),
            Map.entry("currency", ExpenseContent::currency),
            Map.entry("tax", ExpenseContent::tax),
            Map.entry("tip", ExpenseContent::tip),
            Map.entry("mealType", ExpenseContent::mealType),
            Map.entry("orderType", ExpenseContent::orderType),
            Map.entry("partySize", ExpenseContent::partySize),
            Map.entry("categoryId", ExpenseContent::categoryId),
            Map.entry("restaurantId", ExpenseContent::restaurantId),
            Map.entry("place", ExpenseContent::place),
            Map.entry("tags", ExpenseContent::tags),
            Map.entry("purpose", ExpenseContent::purpose),
            Map.entry("attendees", ExpenseContent::attendees),
            Map.entry("notes", ExpenseContent::notes));

    public ExpenseContent {
        tags = List.copyOf(tags);
        attendees = List.copyOf(attendees);
    }

    String currency() {
        return amount.currency().getCurrencyCode();
    }

    @Nullable
    String orderTypeCode() {
        return orderType == null ? null : orderType.code();
    }

    /** Whether an event fixed the same for these properties, whatever it says of the others. */
    public boolean equalTo(MealExpenseContent stored, Set<String> properties) {
        var other = of(stored);
        return BY_PROPERTY.entrySet().stream()
                .filter(property -> properties.contains(property.getKey()))
                .map(Map.Entry::getValue)
                .allMatch(value -> Objects.equals(value.apply(this), value.apply(other)));
    }

    /** Whether an event fixed exactly this content. */
    public boolean equalTo(MealExpenseContent stored) {
        return equals(of(stored));
    }

    private static ExpenseContent of(MealExpenseContent stored) {
        return new ExpenseContent(
                stored.spentOn(),
                stored.spentAt(),
                stored.zone(),
                new Money(stored.amount(), Currency.getInstance(stored.currency())),
                stored.tax(),
                stored.tip(),
                MealType.of(stored.mealType()).orElseThrow(),
                stored.orderType() == null
                        ? null
                        : OrderType.of(stored.orderType()).orElseThrow(),
                stored.partySize(),
                stored.categoryId(),
                stored.restaurantId(),
                stored.place(),
                stored.tags(),
                stored.purpose(),
                stored.attendees(),
                stored.notes());
    }
}
