package io.mealexpense.benchmarks;

import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Numbers;
import io.mealexpense.benchmarks.measure.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Runs activities in turn, round after round, so that whatever else the machine does meets all of them: a ratio is
 * taken within each round, and the median of the rounds counts.
 */
final class Interleaved {

    /** What is done for a stretch of time. */
    @FunctionalInterface
    interface Activity {
        Sample during(double seconds);
    }

    /** Who ask at the same time. */
    static final int CLIENTS = 32;

    private static final int FEW = 4;

    private static final double SETTLED = 0.05;
    private static final int LAST = 3;

    /** Stretches for what only this activity runs, of a process that others made warm. */
    private static final int AT_LEAST = 2;

    /** Seconds of a stretch while a process gets warm. */
    private static final double WARMING = 1.5;

    private final Map<String, Activity> activities = new LinkedHashMap<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    Interleaved add(String id, Activity activity) {
        activities.put(id, activity);
        return this;
    }

    /**
     * Repeats an activity until the server's CPU per operation settles: a cold JVM costs many times as much. How much
     * CPU the process had since it began is what counts, not how long it took: beside other work the compiler needs
     * longer, not less. A few clients do it, since beside many busy threads the compiler hardly gets to work; then as
     * many as are measured.
     *
     * @param server whose CPU it is
     * @param enough seconds of CPU after which a process that never settles is taken to be as warm as it gets; half of
     *     them it gets in any case
     */
    static void warm(String id, long server, IntFunction<Activity> activity, double enough) {
        var cpu = new ArrayList<Double>();
        while (!settled(cpu, Cpu.seconds(server), enough)) {
            cpu.add(warm(id, activity.apply(FEW), WARMING).serverMicros());
        }
        warm(id, activity.apply(CLIENTS));
    }

    /** Makes a warm process run what only this activity does. */
    static void warm(String id, Activity activity) {
        for (var stretch = 0; stretch < AT_LEAST; stretch++) {
            warm(id, activity, WARMING);
        }
    }

    private static Sample warm(String id, Activity activity, double seconds) {
        var sample = activity.during(seconds);
        Console.detail("  warming %-16s %s".formatted(id, sample));
        return sample;
    }

    private static boolean settled(List<Double> cpu, double used, double enough) {
        return used >= enough || used >= enough / 2 && Numbers.settled(cpu, LAST, SETTLED);
    }

    void run(int rounds, double seconds) {
        for (var round = 1; round <= rounds; round++) {
            for (var activity : activities.entrySet()) {
                var sample = activity.getValue().during(seconds);
                samples.computeIfAbsent(activity.getKey(), id -> new ArrayList<>())
                        .add(sample);
                Console.detail("  round %d  %-16s %s".formatted(round, activity.getKey(), sample));
            }
        }
    }

    boolean has(String id) {
        return samples.containsKey(id);
    }

    /** One value per round. */
    List<Double> of(String id, ToDoubleFunction<Sample> value) {
        return samples.get(id).stream().map(value::applyAsDouble).toList();
    }

    /** One ratio per round. */
    List<Double> ratios(String id, String anchor, ToDoubleFunction<Sample> value) {
        return pairs(id, anchor, (a, b) -> value.applyAsDouble(a) / value.applyAsDouble(b));
    }

    private List<Double> pairs(String id, String anchor, ToDoubleBiFunction<Sample, Sample> ratio) {
        var ratios = new ArrayList<Double>();
        for (var round = 0; round < samples.get(id).size(); round++) {
            ratios.add(ratio.applyAsDouble(
                    samples.get(id).get(round), samples.get(anchor).get(round)));
        }
        return ratios;
    }
}
