package io.mealexpense.benchmarks;

import io.mealexpense.benchmarks.measure.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures what the options ask for and writes it down; {@code ./benchmarks/run} is the way to start it. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        var options = Options.of(arguments);
        var root = Path.of("").toAbsolutePath();
        var metrics = new ArrayList<Metric>();
        Console.step("Starting PostgreSQL");
        try (var lab = new Lab(root, root.resolve("benchmarks/target/run"), options.seed())) {
            lab.settings().forEach((name, value) -> Console.detail("  %s = %s".formatted(name, value)));
            var gateway = lab.gateway();
            lab.createYardsticks();
            Console.step("Loading %,d events".formatted(options.events()));
            lab.loadLog(Options.USERS, options.events());
            var appends = new AppendFigures(lab, options);
            metrics.addAll(appends.measure(gateway));
            print(metrics);
            System.out.println(appends.noisy() ? "The machine was noisy." : "The machine was calm.");
        }
    }

    private static void print(List<Metric> metrics) {
        System.out.println();
        for (var metric : metrics) {
            System.out.printf(
                    "%-22s %-58s %14s  %-8s %-4s %s%n",
                    metric.id(),
                    metric.what(),
                    metric.shown(),
                    metric.goal() == null ? "" : metric.goal(),
                    metric.met() == null ? "" : metric.met() ? "met" : "NO",
                    metric.shownSamples());
        }
    }
}
