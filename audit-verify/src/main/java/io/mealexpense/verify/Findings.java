package io.mealexpense.verify;

import java.util.ArrayList;
import java.util.List;

/** Violations: all are counted, and the first of them are kept. */
final class Findings {

    private static final int KEPT = 50;

    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(Finding finding) {
        count++;
        kept.add(finding);
        if (kept.size() > 2 * KEPT) {
            kept.sort(null);
            kept.subList(KEPT, kept.size()).clear();
        }
    }

    long count() {
        return count;
    }

    /** In their order; of several at one position the one found first. */
    List<Finding> first() {
        var sorted = new ArrayList<>(kept);
        sorted.sort(null);
        return sorted.subList(0, Math.min(KEPT, sorted.size()));
    }
}
