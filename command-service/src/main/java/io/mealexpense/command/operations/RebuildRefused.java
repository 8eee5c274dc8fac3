package io.mealexpense.command.operations;

/** Why a command on a rebuild was not carried out; nothing was recorded. */
public abstract sealed class RebuildRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long version;

    private RebuildRefused(String message, long version) {
        super(message, null, false, false);
        this.version = version;
    }

    /** The version it is at now. */
    public long version() {
        return version;
    }

    public static final class Cancelled extends RebuildRefused {
        private static final long serialVersionUID = 1L;

        Cancelled(long version) {
            super("The rebuild was cancelled before.", version);
        }
    }

    public static final class Swapped extends RebuildRefused {
        private static final long serialVersionUID = 1L;

        Swapped(long version) {
            super("A swap on this comparison was decided before.", version);
        }
    }
}
