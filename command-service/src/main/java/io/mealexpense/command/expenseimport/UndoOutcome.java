package io.mealexpense.command.expenseimport;

import io.mealexpense.command.eventstore.OwnedEvents.ImportedExpense;
import io.mealexpense.command.eventstore.Receipt;
import java.util.List;
import java.util.UUID;

/**
 * What became of everything that an import had recorded.
 *
 * @param receipt of the event that ended the undoing
 */
public record UndoOutcome(List<Expense> expenses, Receipt receipt) {

    /** What became of one expense. */
    public enum Status {
        /** This undoing deleted it. */
        DELETED,
        /** It was left alone: its owner has changed or restored it since. */
        KEPT,
        /** It had been deleted before. */
        GONE
    }

    public record Expense(UUID id, Status status) {

        static Expense of(ImportedExpense expense) {
            return new Expense(
                    expense.id(),
                    switch (expense.state()) {
                        case UNDONE -> Status.DELETED;
                        case DELETED -> Status.GONE;
                        case AS_IMPORTED, CHANGED -> Status.KEPT;
                    });
        }
    }

    public int count(Status status) {
        return (int)
                expenses.stream().filter(expense -> expense.status() == status).count();
    }
}
