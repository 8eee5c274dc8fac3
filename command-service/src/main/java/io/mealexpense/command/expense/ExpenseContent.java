package io.mealexpense.command.expense;

import io.mealexpense.events.MealExpenseContent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
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
