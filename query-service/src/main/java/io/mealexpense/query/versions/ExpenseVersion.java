package io.mealexpense.query.versions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.mealexpense.events.EventCatalogue;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import io.mealexpense.query.readmodel.Sum;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An expense as one of its events left it, and what that event was.
 *
 * @param event by its logical name
 * @param at when it was recorded, by the log's clock
 * @param reason why, in the actor's words
 */
record ExpenseVersion(
        @JsonUnwrapped ExpenseRow expense,
        String event,
        Instant at,
        @Nullable String actorId,
        @Nullable String reason) implements SequencedRow {

    @Override
    public UUID rowId() {
        return expense.expenseId();
    }

    @Override
    public long sequence() {
        return expense.sequence();
    }

    static ExpenseVersion after(@Nullable ExpenseVersion before, Fact<Occurrence> fact) {
        var event = fact.event().event();
        return new ExpenseVersion(
                ExpenseRow.after(before == null ? null : before.expense, new Fact<>(fact.sequence(), fact.at(), event)),
                EventCatalogue.nameOf(event.getClass()),
                fact.at(),
                fact.event().actorId(),
                reasonOf(event));
    }

    private static @Nullable String reasonOf(MealExpenseEvent event) {
        return switch (event) {
            case MealExpenseRecorded recorded -> null;
            case MealExpenseAmended amended -> amended.reason();
            case MealExpenseDeleted deleted -> deleted.reason();
            case MealExpenseRestored restored -> restored.reason();
        };
    }

    ExpenseVersion completed() {
        return new ExpenseVersion(expense.completed(), event, at, actorId, reason);
    }

    /** What the expense counted for in its month then. */
    Map<ExpenseRow.MonthKey, Sum> countedInMonth() {
        return expense.countedInMonth();
    }
}
