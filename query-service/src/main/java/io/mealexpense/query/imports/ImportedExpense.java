package io.mealexpense.query.imports;

import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import io.mealexpense.query.readmodel.Sum;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An expense as an import recorded it. */
record ImportedExpense(
        UUID expenseId,
        UUID ownerId,
        long sequence,
        UUID importId,
        String currency,
        BigDecimal amount,
        Instant recordedAt)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return expenseId;
    }

    static ImportedExpense after(@Nullable ImportedExpense before, Fact<MealExpenseRecorded> fact) {
        var event = fact.event();
        return new ImportedExpense(
                event.mealExpenseId(),
                event.ownerId(),
                fact.sequence(),
                Objects.requireNonNull(event.importId()),
                event.currency(),
                event.amount(),
                fact.at());
    }

    Map<TotalKey, Sum> counted() {
        return Map.of(new TotalKey(ownerId, importId, currency), Sum.of(amount));
    }

    /** What the totals are kept by. */
    record TotalKey(UUID ownerId, UUID importId, String currency) {}
}
