package io.mealexpense.query.readmodel;

import java.util.UUID;

/** A row that mirrors one aggregate as of one of its events. */
public interface SequencedRow {

    /** The aggregate; the row's primary key and first column. */
    UUID rowId();

    /** Of the last event that is in the row. */
    long sequence();
}
