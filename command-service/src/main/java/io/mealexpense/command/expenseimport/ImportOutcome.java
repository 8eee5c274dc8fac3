package io.mealexpense.command.expenseimport;

import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.edge.problem.FieldError;
import java.util.List;
import java.util.UUID;

/**
 * What became of every row.
 *
 * @param recorded rows that became expenses
 * @param same rows that had been recorded before
 * @param refused rows that could not be taken
 * @param receipt of the event that ended the import
 */
public record ImportOutcome(int recorded, int same, int refused, List<RowOutcome> rows, Receipt receipt) {

    /** What became of one row. */
    public sealed interface RowOutcome {

        /** 1 is the first row of data. */
        int row();

        /** It became an expense. */
        record Recorded(int row, UUID expenseId) implements RowOutcome {}

        /** It had become an expense before, which may have been amended or deleted since. */
        record Same(int row, UUID expenseId) implements RowOutcome {}

        /** Nothing of it was recorded. */
        record Refused(int row, List<FieldError> errors) implements RowOutcome {}
    }

    static int count(List<RowOutcome> rows, Class<? extends RowOutcome> kind) {
        return (int) rows.stream().filter(kind::isInstance).count();
    }
}
