package io.mealexpense.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The little arithmetic that figures need. */
public final class Numbers {

    private Numbers() {}

    /** The middle one, or between the two in the middle; NaN of none. */
    public static double median(Collection<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        var sorted = values.stream().mapToDouble(it -> it).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static <T> double median(Collection<T> items, ToDoubleFunction<T> value) {
        return median(items.stream().map(value::applyAsDouble).toList());
    }

    /** The smallest value that at least this share of all do not exceed; NaN of none. */
    public static double percentile(long[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Largest by smallest. */
    public static double spread(List<Double> values) {
        var summary = values.stream().mapToDouble(it -> it).summaryStatistics();
        return values.isEmpty() ? 1 : summary.getMax() / summary.getMin();
    }

    /** Whether the last of these differ little enough to call the process warm. */
    public static boolean settled(List<Double> values, int last, double tolerance) {
        return values.size() >= last && spread(values.subList(values.size() - last, values.size())) <= 1 + tolerance;
    }
}
