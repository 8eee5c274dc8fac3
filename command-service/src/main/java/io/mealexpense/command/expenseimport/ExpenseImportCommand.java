package io.mealexpense.command.expenseimport;

import io.mealexpense.edge.security.Actor;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an import. */
public sealed interface ExpenseImportCommand {

    ImportId id();

    /**
     * Says what became of the rows, which were recorded before.
     *
     * @param fileHash SHA-256 of the file, lower-case hexadecimal
     * @param recorded rows that became expenses
     * @param same rows that had been recorded before
     * @param refused rows that could not be taken
     */
    record ApplyImport(
            @TargetAggregateIdentifier ImportId id, Actor actor, String fileHash, int recorded, int same, int refused)
            implements ExpenseImportCommand {}
}
