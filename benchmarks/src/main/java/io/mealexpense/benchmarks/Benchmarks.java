package io.mealexpense.benchmarks;

import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_MOST;

import io.mealexpense.benchmarks.anchor.Pgbench;
import io.mealexpense.benchmarks.measure.Machine;
import io.mealexpense.benchmarks.measure.Memory;
import io.mealexpense.benchmarks.measure.Metric;
import io.mealexpense.benchmarks.measure.Numbers;
import io.mealexpense.benchmarks.measure.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Measures what the options ask for and writes it down; {@code ./benchmarks/run} is the way to start it. */
public final class Benchmarks {

    /** A limit that differs from itself by more than this says that the machine had other things to do. */
    private static final double CALM = 2;

    private static final Set<String> ANCHORS = Set.of("pgbench-1", "pgbench-32", "crud-32", "copy-out");
    private static final int MOST_MEMORY = 512;

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("benchmarks: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        var root = Path.of("").toAbsolutePath();
        var metrics = new ArrayList<Metric>();
        Map<String, String> settings;
        Console.step("Starting PostgreSQL");
        try (var lab = new Lab(root, root.resolve("benchmarks/target/run"), options.seed());
                var memory = new Memory()) {
            settings = lab.settings();
            settings.forEach((name, value) -> Console.detail("  %s = %s".formatted(name, value)));
            measure(lab, options, memory, metrics);
        }
        var noisy = metrics.stream()
                .filter(metric -> ANCHORS.contains(metric.id()))
                .anyMatch(metric -> Numbers.spread(metric.samples()) > CALM);
        print(metrics);
        if (noisy) {
            System.out.println("Noisy: a limit differs from itself by more than 2 ×; this run says little.");
        }
        if (options.only().isEmpty()) {
            new Report(
                            Machine.describe(Pgbench.version().orElse("unknown"), settings),
                            System.getProperty("benchmarks.commit", "unknown"),
                            Clock.systemUTC().instant(),
                            options.full(),
                            options.seed(),
                            options.events(),
                            noisy,
                            metrics)
                    .write(root.resolve("docs/benchmarks"));
            System.out.println("Written to docs/benchmarks/latest.json and docs/benchmarks/index.html.");
        }
    }

    private static void measure(Lab lab, Options options, Memory memory, List<Metric> metrics) throws Exception {
        // brings the schema up to date before there is anything to load
        var gateway = lab.gateway();
        lab.createYardsticks();
        Console.step("Loading %,d events of %d accounts, and %,d and %,d of two more"
                .formatted(
                        options.events(),
                        Options.USERS,
                        options.large().get(0),
                        options.large().get(1)));
        var large = lab.loadLog(Options.USERS, options.events(), options.large());
        var services = Services.start(lab, options);
        memory.watch("command-service", services.command().pid());
        var seal = new SealFigures(lab, options, gateway);
        metrics.addAll(seal.ofLoaded());
        metrics.addAll(new ReadFigures(lab, options, services, large, memory).measure());
        metrics.addAll(seal.verified());
        if (options.wants("gateway") || options.wants("http")) {
            metrics.addAll(new AppendFigures(lab, options, services).measure(gateway));
        }
        metrics.addAll(seal.underLoad());
        var growth = memory.growth();
        memory.largest()
                .forEach((service, megabytes) -> metrics.add(Metric.of(
                                "memory-" + service,
                                "largest resident memory of the " + service.replace('-', ' '),
                                List.of(megabytes),
                                "MiB",
                                AT_MOST,
                                MOST_MEMORY)
                        .noting("at the end %.2f of what it was midway".formatted(growth.get(service)))));
    }

    private static void print(List<Metric> metrics) {
        System.out.println();
        Stream.of(true, false)
                .forEach(goals -> metrics.stream()
                        .filter(metric -> goals == (metric.goal() != null))
                        .forEach(metric -> System.out.printf(
                                "%-20s %-64s %14s  %-8s %-4s %s %s%n",
                                metric.id(),
                                metric.what(),
                                metric.shown(),
                                metric.goal() == null ? "" : metric.goal(),
                                metric.met() == null ? "" : metric.met() ? "met" : "NO",
                                metric.shownSamples(),
                                metric.note() == null ? "" : metric.note())));
    }
}
