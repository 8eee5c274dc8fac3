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

    /**
     * Whether what fell falls no longer: the median of the last is hardly less than that of as many before them. Single
     * ones may differ by more than that.
     *
     * @param share by which it may still fall
     */
    public static boolean settled(List<Double> values, int last, double share) {
        var end = values.size();
        return end >= 2 * last
                && median(values.subList(end - last, end))
                        >= (1 - share) * median(values.subList(end - 2 * last, end - last));
    }
}
