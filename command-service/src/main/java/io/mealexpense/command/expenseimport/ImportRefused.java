package io.mealexpense.command.expenseimport;

/** Why a command on an import was not carried out; nothing was recorded. */
public abstract sealed class ImportRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ImportRefused(String message) {
        super(message, null, false, false);
    }

    /** It belongs to somebody else; told exactly like an absent one. */
    public static final class NotYours extends ImportRefused {
        private static final long serialVersionUID = 1L;

        NotYours() {
            super("Not yours");
        }
    }

    public static final class AlreadyUndone extends ImportRefused {
        private static final long serialVersionUID = 1L;
        private final long version;

        AlreadyUndone(long version) {
            super("The import was undone before, and nothing is left of it that this would delete.");
            this.version = version;
        }

        /** The version it is at now. */
        public long version() {
            return version;
        }
    }

    public static final class NothingToUndo extends ImportRefused {
        private static final long serialVersionUID = 1L;

        NothingToUndo(int kept) {
            super(
                    kept == 0
                            ? "Nothing is left of what this import recorded."
                            : "Everything that is left of this import was changed since, and changed expenses were to stay.");
        }
    }
}
