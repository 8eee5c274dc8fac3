package io.mealexpense.verify;

import java.util.List;
import java.util.stream.Stream;

/** A table of a read model that sums up the rows of another one of the same projection. */
sealed interface SummedTable permits SumTable, RunningSumTable {

    /** Those that are compared, in the order in which they are told of. */
    static List<SummedTable> all() {
        return Stream.<SummedTable>concat(SumTable.ALL.stream(), Stream.of(new RunningSumTable()))
                .toList();
    }

    String projection();

    String name();

    /** The columns of the key. */
    List<String> keyNames();

    /**
     * A statement that finds the sums that are not those of the rows: the keys as text, then amount and count as they are,
     * then as they must be, whether there is such a row, and what else is wrong with it in words, absent for nothing. Its one
     * parameter says how many.
     */
    String differences(String schema);
}
