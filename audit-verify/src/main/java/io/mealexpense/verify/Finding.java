package io.mealexpense.verify;

import java.util.Comparator;

/**
 * Something that is not as it must be.
 *
 * @param position the first one concerned
 * @param upTo the last one concerned; where the two differ only some of them may be
 * @param field a column of the event or several, or one of the constants
 */
record Finding(long position, long upTo, String field, String message) implements Comparable<Finding> {

    static final String CHECKPOINT = "checkpoint";
    static final String TILE = "tile";
    static final String HEAD = "head";

    /** The log was put back to an older copy, and an administrator said so. */
    static final String RECOVERY = "recovery";

    /** Of an event that is not what was signed, where the column cannot be known. */
    static final String UNKNOWN = "unknown";

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::isOfSeal)
            .thenComparingLong(Finding::position)
            .thenComparingLong(Finding::upTo);

    static Finding at(long position, String field, String message) {
        return new Finding(position, position, field, message);
    }

    /** What is wrong with the log comes before what is wrong with its seal. */
    private boolean isOfSeal() {
        return field.equals(CHECKPOINT) || field.equals(TILE);
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    private String where() {
        return position == upTo ? "position " + position : "positions " + position + " to " + upTo;
    }

    @Override
    public String toString() {
        return "%s, %s: %s".formatted(where(), field, message);
    }
}
