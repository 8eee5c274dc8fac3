package io.mealexpense.command.expenseimport;

import io.mealexpense.edge.security.Actor;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an import. */
public sealed interface ExpenseImportCommand {

    ImportId id();

    Actor actor();

    /**
     * Says what became of the rows, which were recorded before.
     *
     * @param fileHash SHA-256 of the file, lower-case hexadecimal
     * @param recorded rows that became expenses
     * @param same rows that had been recorded before
     * @param refused rows that could not be taken
     */
    record ApplyImport(
            @TargetAggregateIdentifier ImportId id,
            Actor actor,
            String fileHash,
            int recorded,
            int same,
            int refused,
            @Nullable String fileName)
            implements ExpenseImportCommand {}

    /**
     * Says what became of the expenses, which were deleted before.
     *
     * @param undoings how often the import had been undone when this one began
     * @param deleted expenses that this undoing deleted
     * @param kept expenses that it left alone
     * @param gone expenses that had been deleted before it
     */
    record UndoImport(
            @TargetAggregateIdentifier ImportId id,
            Actor actor,
            int undoings,
            int deleted,
            int kept,
            int gone,
            @Nullable String reason)
            implements ExpenseImportCommand {}
}
