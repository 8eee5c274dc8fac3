package io.mealexpense.merkle.pack;

import java.time.LocalDate;
import java.util.UUID;

/** Whose events are in a pack. */
public sealed interface PackSubject {

    /** For people, after "what happened to". */
    String inWords();

    /** One expense, with everything that happened to it. */
    record OfExpense(UUID expenseId) implements PackSubject {

        @Override
        public String inWords() {
            return "the expense " + expenseId;
        }
    }

    /**
     * The expenses of an owner that were ever spent in these days, with everything that happened to them.
     *
     * @param from first day, inclusive
     * @param to last day, inclusive
     */
    record OfPeriod(UUID ownerId, LocalDate from, LocalDate to) implements PackSubject {

        @Override
        public String inWords() {
            return "the expenses of the account %s that were ever dated %s to %s".formatted(ownerId, from, to);
        }
    }
}
