package io.mealexpense.command.category;

/** Why a command on a category was not carried out; nothing was recorded. */
public abstract sealed class CategoryRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CategoryRefused(String message) {
        super(message, null, false, false);
    }

    /** It belongs to somebody else; told exactly like an absent one. */
    public static final class NotYours extends CategoryRefused {
        private static final long serialVersionUID = 1L;

        NotYours() {
            super("Not yours");
        }
    }

    public static final class Archived extends CategoryRefused {
        private static final long serialVersionUID = 1L;
        private final long version;

        Archived(long version) {
            super("The category was archived before.");
            this.version = version;
        }

        public long version() {
            return version;
        }
    }

    public static final class StaleVersion extends CategoryRefused {
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
}
