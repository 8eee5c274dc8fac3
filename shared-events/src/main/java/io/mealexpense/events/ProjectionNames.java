package io.mealexpense.events;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The projections that an operator may name. The command side has none of them and must still refuse a wrong name. */
public final class ProjectionNames {

    public static final SortedSet<String> ALL = Collections.unmodifiableSortedSet(new TreeSet<>(List.of(
            "audit-trail",
            "categories",
            "category-spend",
            "expense-list",
            "expense-versions",
            "imports",
            "monthly-report")));

    private ProjectionNames() {}
}
