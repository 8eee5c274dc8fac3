package io.mealexpense.command.expenseimport;

import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.events.MealExpenseContent;
import java.util.List;
import java.util.Set;
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
     * @param meanings every content that the row may have been exported from: names of categories change. Empty in every
     *     other file
     */
    record Readable(
            int number,
            String fingerprint,
            @Nullable UUID exportedId,
            ExpenseContent content,
            Set<ExpenseContent> meanings)
            implements ImportRow {

        /** Whether it says what one of these contents says, as far as the file has columns for it. */
        boolean saysOneOf(List<MealExpenseContent> stored, Set<String> properties) {
            return stored.stream()
                    .anyMatch(one -> meanings.stream().anyMatch(meaning -> meaning.equalTo(one, properties)));
        }
    }

    /**
     * @param errors by the names of the file's columns
     */
    record Unreadable(int number, List<FieldError> errors) implements ImportRow {}
}
