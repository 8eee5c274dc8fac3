package io.mealexpense.command.expenseimport;

import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.edge.problem.FieldError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a file, as far as it could be read. */
public sealed interface ImportRow {

    /** 1 is the first row of data. */
    int number();

    /**
     * @param fingerprint what the row says, in one normal form; equal rows have equal fingerprints, whatever the owner's
     *     settings are when they are read
     * @param exportedId the id in our own export, absent in every other file
     */
    record Readable(
            int number, String fingerprint, @Nullable UUID exportedId, ExpenseContent content) implements ImportRow {}

    /**
     * @param errors by the names of the file's columns
     */
    record Unreadable(int number, List<FieldError> errors) implements ImportRow {}
}
