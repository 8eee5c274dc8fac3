package io.mealexpense.query.monthlyreport;

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

/**
 * What one expense counts for.
 *
 * @param month first day of the month of {@code spentOn}
 */
record MonthlyReportLine(
        UUID expenseId,
        UUID ownerId,
        long sequence,
        boolean deleted,
        LocalDate month,
        String currency,
        BigDecimal amount)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return expenseId;
    }

    static MonthlyReportLine after(@Nullable MonthlyReportLine before, Fact<MealExpenseEvent> fact) {
        var event = fact.event();
        return switch (event) {
            case MealExpenseContent content ->
                new MonthlyReportLine(
                        event.mealExpenseId(),
                        event.ownerId(),
                        fact.sequence(),
                        false,
                        content.spentOn().withDayOfMonth(1),
                        content.currency(),
                        content.amount());
            case MealExpenseDeleted deleted -> Objects.requireNonNull(before).deleted(fact.sequence(), true);
            case MealExpenseRestored restored -> Objects.requireNonNull(before).deleted(fact.sequence(), false);
        };
    }

    private MonthlyReportLine deleted(long newSequence, boolean nowDeleted) {
        return new MonthlyReportLine(expenseId, ownerId, newSequence, nowDeleted, month, currency, amount);
    }

    Map<TotalKey, Sum> counted() {
        return deleted ? Map.of() : Map.of(new TotalKey(ownerId, month, currency), Sum.of(amount));
    }

    /** What the totals are kept by. */
    record TotalKey(UUID ownerId, LocalDate month, String currency) {}
}
