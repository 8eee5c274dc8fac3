package io.mealexpense.query.readmodel;

import java.util.List;

/**
 * A table of a read model, as far as rebuilding needs to know it.
 *
 * @param key columns that tell one row from another
 * @param totals whether the rows are sums, of which those of nothing do not count
 */
public record ReadModelTable(String name, List<String> key, boolean totals) {}
