package io.mealexpense.query.categoryspend;

import io.mealexpense.events.MealExpenseContent;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import io.mealexpense.query.readmodel.Sum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one expense counts for. */
record CategorySpendLine(
        UUID expenseId,
        UUID ownerId,
        long sequence,
        boolean deleted,
        LocalDate spentOn,
        @Nullable UUID categoryId,
        String mealType,
        String currency,
        BigDecimal amount)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return expenseId;
    }

    static CategorySpendLine after(@Nullable CategorySpendLine before, Fact<MealExpenseEvent> fact) {
        var event = fact.event();
        return switch (event) {
            case MealExpenseContent content ->
                new CategorySpendLine(
                        event.mealExpenseId(),
                        event.ownerId(),
                        fact.sequence(),
                        false,
                        content.spentOn(),
                        content.categoryId(),
                        content.mealType(),
                        content.currency(),
                        content.amount());
            case MealExpenseDeleted deleted -> Objects.requireNonNull(before).deleted(fact.sequence(), true);
            case MealExpenseRestored restored -> Objects.requireNonNull(before).deleted(fact.sequence(), false);
        };
    }

    private CategorySpendLine deleted(long newSequence, boolean nowDeleted) {
        return new CategorySpendLine(
                expenseId, ownerId, newSequence, nowDeleted, spentOn, categoryId, mealType, currency, amount);
    }

    Map<TotalKey, Sum> counted() {
        return deleted
                ? Map.of()
                : Map.of(new TotalKey(ownerId, spentOn, categoryId, mealType, currency), Sum.of(amount));
    }

    /** What the totals are kept by. */
    record TotalKey(
            UUID ownerId, LocalDate spentOn, @Nullable UUID categoryId, String mealType, String currency) {}
}
