package io.mealexpense.command.expense;

import java.time.LocalDate;
import java.util.UUID;

/** Why a command on an expense was not carried out; nothing was recorded. */
public abstract sealed class ExpenseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ExpenseRefused(String message) {
        super(message, null, false, false);
    }

    /** It belongs to somebody else; told exactly like an absent one. */
    public static final class NotYours extends ExpenseRefused {
        private static final long serialVersionUID = 1L;

        NotYours() {
            super("Not yours");
        }
    }

    public static final class AlreadyDeleted extends ExpenseRefused {
        private static final long serialVersionUID = 1L;
        private final long version;

        AlreadyDeleted(long version) {
            super("The expense was deleted before.");
            this.version = version;
        }

        public long version() {
            return version;
        }
    }

    public static final class NotDeleted extends ExpenseRefused {
        private static final long serialVersionUID = 1L;
        private final long version;

        NotDeleted(long version) {
            super("The expense is not deleted, so it cannot be restored.");
            this.version = version;
        }

        public long version() {
            return version;
        }
    }

    public static final class StaleVersion extends ExpenseRefused {
        private static final long serialVersionUID = 1L;
        private final long version;

        StaleVersion(long version) {
            super("What you have seen is not how it is now. Look at it again, then change it.");
            this.version = version;
        }

        /** The version it is at now. */
        public long version() {
            return version;
        }
    }

    public static final class SpentInTheFuture extends ExpenseRefused {
        private static final long serialVersionUID = 1L;

        SpentInTheFuture(LocalDate latest) {
            super("The day may be at most %s, one year from today.".formatted(latest));
        }
    }

    public static final class UnknownCategory extends ExpenseRefused {
        private static final long serialVersionUID = 1L;

        UnknownCategory(UUID id) {
            super("You have no category %s.".formatted(id));
        }
    }

    public static final class UnknownRestaurant extends ExpenseRefused {
        private static final long serialVersionUID = 1L;

        UnknownRestaurant(UUID id) {
            super("You have no restaurant %s.".formatted(id));
        }
    }
}
