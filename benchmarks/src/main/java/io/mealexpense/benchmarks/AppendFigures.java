package io.mealexpense.benchmarks;

import static io.mealexpense.benchmarks.Interleaved.CLIENTS;
import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_LEAST;
import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_MOST;

import io.mealexpense.benchmarks.anchor.Pgbench;
import io.mealexpense.benchmarks.dataset.EventGenerator;
import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Metric;
import io.mealexpense.benchmarks.measure.Sample;
import io.mealexpense.postgres.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** How fast commands are recorded: through the gateway, over HTTP, and what a plain application makes of it. */
final class AppendFigures {

    private final Lab lab;
    private final Options options;
    private final List<UUID> accounts;
    private final Services services;
    private final Interleaved rounds = new Interleaved();

    AppendFigures(Lab lab, Options options, Services services) {
        this.lab = lab;
        this.options = options;
        this.services = services;
        this.accounts = EventGenerator.accounts(options.seed(), Options.USERS, options.events());
    }

    /** Measures and leaves the log longer than it was; the gateway's process has been started to make the schema. */
    List<Metric> measure(Worker gateway) {
        var pgbench = pgbench("plain");
        rounds.add("pgbench-1", seconds -> pgbench.run(1, seconds))
                .add("pgbench-32", seconds -> pgbench.run(CLIENTS, seconds));
        if (options.full()) {
            var indexed = pgbench("indexed");
            rounds.add("pgbench-indexed-32", seconds -> indexed.run(CLIENTS, seconds));
        }
        if (options.wants("gateway")) {
            addGateway(gateway);
        }
        if (options.wants("http")) {
            addHttp();
        }
        Console.step("Measuring appends in %d rounds".formatted(options.rounds()));
        rounds.run(options.rounds(), options.stretch());
        return metrics();
    }

    private Pgbench pgbench(String table) {
        var typical = lab.typicalEvent(Options.USERS);
        return new Pgbench(
                lab.folder(), lab.database(), lab.postmaster(), table, typical.payload(), typical.metadata());
    }

    private void addGateway(Worker gateway) {
        gateway.order(
                "accounts",
                lab.write("accounts.txt", accounts.stream().map(UUID::toString).toList())
                        .toString());
        IntFunction<Interleaved.Activity> record =
                threads -> seconds -> sample(gateway, () -> gateway.order("record", "" + threads, "" + seconds));
        Interleaved.Activity amend = seconds -> {
            gateway.order("prepare", "32", "" + options.prepared());
            return sample(gateway, () -> gateway.order("amend", "32", "" + seconds));
        };
        Interleaved.Activity cold = seconds -> {
            gateway.order("cold", coldExpenses(line -> line).toString());
            return sample(gateway, () -> gateway.order("amend", "32", "" + seconds));
        };
        Console.step("Warming the gateway");
        Interleaved.warm("gateway", gateway.pid(), record, options.warmCpu() / 2);
        Interleaved.warm("gateway-amend", amend);
        rounds.add("gateway-1", record.apply(1))
                .add("gateway-32", record.apply(CLIENTS))
                .add("gateway-amend-32", amend);
        if (options.cold() > 0) {
            rounds.add("gateway-cold-32", cold);
        }
    }

    private void addHttp() {
        var port = services.commandPort();
        var crudPort = services.yardstickPort();
        var service = services.command();
        var crud = services.yardstick().orElseThrow();
        var load = services.load();
        IntFunction<Interleaved.Activity> record = clients -> seconds -> sample(
                service, () -> load.order("record", "" + port, "/api/v1/expenses", "" + clients, "" + seconds, "id"));
        IntFunction<Interleaved.Activity> yardstick = clients -> seconds ->
                sample(crud, () -> load.order("record", "" + crudPort, "/expenses", "" + clients, "" + seconds, "-"));
        Interleaved.Activity amend = seconds -> {
            load.order("prepare", "" + port, "32", "" + options.prepared());
            return sample(service, () -> load.order("amend", "" + port, "32", "" + seconds));
        };
        Interleaved.Activity cold = seconds -> {
            load.order("cold", coldExpenses(this::numbered).toString());
            return sample(service, () -> load.order("amend", "" + port, "32", "" + seconds));
        };
        Console.step("Warming the yardstick and the command service");
        Interleaved.warm("crud", crud.pid(), yardstick, options.warmCpu());
        Interleaved.warm("http", service.pid(), record, options.warmCpu());
        Interleaved.warm("http-amend", amend);
        rounds.add("crud-32", yardstick.apply(CLIENTS))
                .add("http-32", record.apply(CLIENTS))
                .add("http-amend-32", amend);
        if (options.cold() > 0) {
            rounds.add("http-cold-32", cold);
        }
    }

    /** Expenses of the loaded history with exactly three events, not amended since; lines of id, account, version. */
    private Path coldExpenses(UnaryOperator<String> form) {
        var lines = lab.query(Role.COMMAND, """
                        SELECT aggregate_id || E'\\t' || (payload ->> 'ownerId') || E'\\t2' FROM event_store.domain_event e
                        WHERE sequence = 2 AND name = 'MealExpenseAmended'
                            AND NOT EXISTS (SELECT FROM event_store.domain_event later
                                WHERE later.aggregate_id = e.aggregate_id AND later.sequence = 3)
                            AND position <= %d
                        ORDER BY md5(aggregate_id::text) LIMIT %d
                        """.formatted(options.events(), options.cold())).stream()
                .map(form)
                .toList();
        return lab.write("cold.txt", lines);
    }

    /** The account's place among the bodies instead of its id. */
    private String numbered(String line) {
        var cells = line.split("\t");
        return cells[0] + "\t" + accounts.indexOf(UUID.fromString(cells[1])) + "\t" + cells[2];
    }

    private Sample sample(Worker worker, Supplier<Map<String, String>> work) {
        return sample(lab, worker, work);
    }

    /** What a worker and PostgreSQL used for the operations that the answer tells of. */
    static Sample sample(Lab lab, Worker worker, Supplier<Map<String, String>> work) {
        var server = Cpu.seconds(worker.pid());
        var postgres = Cpu.familySeconds(lab.postmaster());
        var answer = work.get();
        server = Cpu.seconds(worker.pid()) - server;
        postgres = Cpu.familySeconds(lab.postmaster()) - postgres;
        var operations = Double.parseDouble(answer.get("ops"));
        return new Sample(
                operations / Double.parseDouble(answer.get("seconds")),
                server * 1e6 / operations,
                postgres * 1e6 / operations,
                Double.parseDouble(answer.get("p50")),
                Double.parseDouble(answer.get("p99")));
    }

    private List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        metrics.add(Metric.told(
                "pgbench-1", "pgbench, single-row INSERT, 1 client", rounds.of("pgbench-1", Sample::perSecond), "/s"));
        metrics.add(Metric.told(
                "pgbench-32",
                "pgbench, single-row INSERT, 32 clients",
                rounds.of("pgbench-32", Sample::perSecond),
                "/s"));
        metrics.add(Metric.told(
                "pgbench-32-cpu",
                "pgbench, 32 clients, CPU of PostgreSQL",
                rounds.of("pgbench-32", Sample::cpuMicros),
                "µs"));
        metrics.add(Metric.told(
                "pgbench-32-p99", "pgbench, 32 clients, p99", rounds.of("pgbench-32", Sample::p99Millis), "ms"));
        if (rounds.has("pgbench-indexed-32")) {
            metrics.add(Metric.told(
                    "pgbench-indexed-32",
                    "the same into a table with the log's unique indexes",
                    rounds.of("pgbench-indexed-32", Sample::perSecond),
                    "/s"));
        }
        if (rounds.has("gateway-32")) {
            gatewayMetrics(metrics);
        }
        if (rounds.has("http-32")) {
            httpMetrics(metrics);
        }
        return metrics;
    }

    private void gatewayMetrics(List<Metric> metrics) {
        metrics.add(Metric.told(
                "gateway-32-rate",
                "record through the gateway, 32 threads",
                rounds.of("gateway-32", Sample::perSecond),
                "/s"));
        metrics.add(Metric.of(
                "gateway-32",
                "record through the gateway, 32 threads / pgbench",
                rounds.ratios("gateway-32", "pgbench-32", Sample::perSecond),
                "×",
                AT_LEAST,
                1.5));
        metrics.add(Metric.told(
                "gateway-32-cpu",
                "the same, CPU / pgbench",
                rounds.ratios("gateway-32", "pgbench-32", Sample::cpuMicros),
                "×"));
        metrics.add(Metric.of(
                "gateway-1",
                "record through the gateway, 1 thread / pgbench",
                rounds.ratios("gateway-1", "pgbench-1", Sample::perSecond),
                "×",
                AT_LEAST,
                0.6));
        metrics.add(Metric.of(
                "gateway-amend",
                "amend through the gateway / record, 32 threads",
                rounds.ratios("gateway-amend-32", "gateway-32", Sample::perSecond),
                "×",
                AT_LEAST,
                0.9));
        if (rounds.has("gateway-cold-32")) {
            metrics.add(Metric.told(
                    "gateway-amend-cold",
                    "the same, expenses that the process has not met",
                    rounds.ratios("gateway-cold-32", "gateway-32", Sample::perSecond),
                    "×"));
        }
        metrics.add(Metric.of(
                "gateway-p99",
                "p99 of record through the gateway / pgbench, 32 threads",
                rounds.ratios("gateway-32", "pgbench-32", Sample::p99Millis),
                "×",
                AT_MOST,
                2.6));
    }

    private void httpMetrics(List<Metric> metrics) {
        metrics.add(Metric.told(
                "crud-32", "plain CRUD over HTTP, 32 connections", rounds.of("crud-32", Sample::perSecond), "/s"));
        metrics.add(Metric.told(
                "crud-pgbench",
                "plain CRUD / pgbench",
                rounds.ratios("crud-32", "pgbench-32", Sample::perSecond),
                "×"));
        metrics.add(Metric.told(
                "crud-pgbench-cpu",
                "plain CRUD, CPU / pgbench",
                rounds.ratios("crud-32", "pgbench-32", Sample::cpuMicros),
                "×"));
        metrics.add(Metric.told(
                "http-rate", "record over HTTP, 32 connections", rounds.of("http-32", Sample::perSecond), "/s"));
        metrics.add(Metric.of(
                "http-crud",
                "record over HTTP / plain CRUD",
                rounds.ratios("http-32", "crud-32", Sample::perSecond),
                "×",
                AT_LEAST,
                1.2));
        metrics.add(Metric.of(
                "http-pgbench",
                "record over HTTP / pgbench",
                rounds.ratios("http-32", "pgbench-32", Sample::perSecond),
                "×",
                AT_LEAST,
                0.35));
        metrics.add(Metric.of(
                "http-cpu",
                "the same, CPU / pgbench",
                rounds.ratios("http-32", "pgbench-32", Sample::cpuMicros),
                "×",
                AT_MOST,
                3.5));
        metrics.add(Metric.of(
                "http-amend",
                "amend over HTTP / record",
                rounds.ratios("http-amend-32", "http-32", Sample::perSecond),
                "×",
                AT_LEAST,
                0.9));
        if (rounds.has("http-cold-32")) {
            metrics.add(Metric.told(
                    "http-amend-cold",
                    "the same, expenses that the process has not met",
                    rounds.ratios("http-cold-32", "http-32", Sample::perSecond),
                    "×"));
        }
        metrics.add(Metric.of(
                "http-p99",
                "p99 of record over HTTP / pgbench, 32 connections",
                rounds.ratios("http-32", "pgbench-32", Sample::p99Millis),
                "×",
                AT_MOST,
                2.6));
        metrics.add(Metric.told(
                "crud-p99",
                "p99 of plain CRUD / pgbench",
                rounds.ratios("crud-32", "pgbench-32", Sample::p99Millis),
                "×"));
    }
}
