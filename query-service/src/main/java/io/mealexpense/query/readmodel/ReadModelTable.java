package io.mealexpense.query.readmodel;

import java.util.List;

/**
 * A table of a read model, as far as rebuilding needs to know it.
 *
 * @param key columns that tell one row from another
 */
public record ReadModelTable(String name, List<String> key, Kind kind) {

    /** How a copy of a table comes about, and when two copies are equal. */
    public enum Kind {
        /** As they are written. */
        ROWS,
        /** Sums of what was added to them; those of nothing do not count. */
        TOTALS,
        /**
         * Sums of what was added to them up to each position, which is the last column of the key, and the same of all
         * owners, who are the first.
         */
        RUNNING_TOTALS
    }

    /** Whether what is added is gathered beside the table first and summed up in the end. */
    public boolean isSummedUp() {
        return kind != Kind.ROWS;
    }
}
