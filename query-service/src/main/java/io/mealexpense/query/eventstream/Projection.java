package io.mealexpense.query.eventstream;

import io.mealexpense.query.readmodel.ReadModelTable;
import java.util.List;

/** Turns events into the rows of one read model; a processing group of its own, with its own token. */
public interface Projection {

    /** The processing group, which is also the name operators know, such as {@code monthly-report}. */
    String group();

    /**
     * The tables that it writes, none but these, through {@code FoldedTable} and {@code AppendedTable}: whoever rebuilds
     * the model delivers the events in the order of their aggregates. Empty for what is never rebuilt.
     */
    List<ReadModelTable> tables();
}
