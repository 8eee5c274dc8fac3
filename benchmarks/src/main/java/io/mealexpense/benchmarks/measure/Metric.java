package io.mealexpense.benchmarks.measure;

import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a run.
 *
 * @param id stable over runs
 * @param what in words
 * @param value absent if it was not measured
 * @param unit such as {@code ×} for a ratio
 * @param goal in words, absent where none is set
 * @param met absent where there is no goal or no value
 * @param samples what the value is the median of, where it is one
 * @param note what somebody who compares should know
 */
public record Metric(
        String id,
        String what,
        @Nullable Double value,
        String unit,
        @Nullable String goal,
        @Nullable Boolean met,
        List<Double> samples,
        @Nullable String note) {

    /** A figure to be at least, or at most, so much. */
    public enum Direction {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }

        DoublePredicate meets(double goal) {
            return this == AT_LEAST ? value -> value >= goal : value -> value <= goal;
        }
    }

    /** What is held against a goal. */
    public static Metric of(
            String id, String what, List<Double> samples, String unit, Direction direction, double goal) {
        var value = Numbers.median(samples);
        return new Metric(
                id,
                what,
                value,
                unit,
                direction.sign + " " + plain(goal),
                direction.meets(goal).test(value),
                samples,
                null);
    }

    /** What is told beside the figures. */
    public static Metric told(String id, String what, List<Double> samples, String unit) {
        return new Metric(id, what, Numbers.median(samples), unit, null, null, samples, null);
    }

    /** What could not be measured, and why. */
    public static Metric notMeasured(String id, String what, String unit, @Nullable String goal, String why) {
        return new Metric(id, what, null, unit, goal, null, List.of(), "not measured: " + why);
    }

    public Metric noting(String remark) {
        return new Metric(id, what, value, unit, goal, met, samples, remark);
    }

    /** The value as people read it. */
    public String shown() {
        return value == null ? "not measured" : plain(value) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** The single values, smallest detail dropped. */
    public String shownSamples() {
        return samples.size() < 2
                ? ""
                : samples.stream().map(Metric::plain).collect(Collectors.joining(" · ", "(", ")"));
    }

    static String plain(double value) {
        var size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return "%,d".formatted((long) value);
        }
        return size >= 1000 ? "%,.0f".formatted(value) : size >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }
}
