package io.mealexpense.benchmarks;

import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_LEAST;
import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_MOST;

import io.mealexpense.benchmarks.dataset.EventGenerator;
import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Metric;
import io.mealexpense.benchmarks.measure.Numbers;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** How fast the log is sealed and verified. */
final class SealFigures {

    /** Of the verifier, whatever the size of the log. */
    private static final int HEAP_MEGABYTES = 64;

    private static final double LOAD_SECONDS = 8;
    private static final double PATIENCE_SECONDS = 600;
    private static final int ROUNDS = 3;

    private final Lab lab;
    private final Options options;
    private final Worker gateway;
    private final List<Metric> metrics = new ArrayList<>();

    /** Where the log ended at a moment. */
    private record Seen(long head, long at) {}

    /** @param gateway appends, and leaves sealing to the command service */
    SealFigures(Lab lab, Options options, Worker gateway) {
        this.lab = lab;
        this.options = options;
        this.gateway = gateway;
    }

    /** Waits until the loaded history is sealed in any case, so that sealing it disturbs nothing that is measured later. */
    List<Metric> ofLoaded() {
        Console.step("Waiting until the loaded history is sealed");
        awaitSealed();
        if (options.wants("sealed")) {
            metrics.add(Metric.of(
                            "sealed-rate",
                            "sealing the loaded history, events/s",
                            List.of(number("""
                                    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY events / seconds)
                                    FROM (SELECT size - lag(size) OVER checkpoints AS events,
                                              extract(epoch FROM sealed_at - lag(sealed_at) OVER checkpoints) AS seconds
                                          FROM seal.checkpoint WINDOW checkpoints AS (ORDER BY size)) intervals
                                    """)),
                            "events/s",
                            AT_LEAST,
                            25_000)
                    .noting("median from checkpoint to checkpoint; the service starts at the same time"));
        }
        return List.copyOf(metrics);
    }

    List<Metric> verified() {
        metrics.clear();
        if (options.wants("verify")) {
            awaitSealed();
            verify();
        }
        return List.copyOf(metrics);
    }

    /** Leaves the log longer by what 32 threads record without pause, so it comes last. */
    List<Metric> underLoad() {
        metrics.clear();
        if (options.wants("sealed")) {
            sealedUnderLoad();
        }
        return List.copyOf(metrics);
    }

    private double number(String sql) {
        var text = lab.query(Role.QUERY, sql).getFirst();
        return text == null ? 0 : Double.parseDouble(text);
    }

    private void awaitSealed() {
        var giveUp = System.nanoTime() + (long) (PATIENCE_SECONDS * 1e9);
        while (number("SELECT position - (SELECT coalesce(max(size), 0) FROM seal.checkpoint) FROM event_store.head")
                > 0) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("The log is not sealed");
            }
            Lab.pause(200);
        }
    }

    /** An event's wait is told by when the head row was first seen at or beyond it: the history may be dated ahead. */
    private void sealedUnderLoad() {
        Console.step("Recording without pause while the log is sealed");
        gateway.order(
                "accounts",
                lab.write(
                                "accounts.txt",
                                EventGenerator.accounts(options.seed(), Options.USERS, options.events()).stream()
                                        .map(UUID::toString)
                                        .toList())
                        .toString());
        if (!options.wants("gateway")) {
            Interleaved.warm("gateway", gateway.pid(), this::record, options.warmCpu() / 2);
        }
        var recording = CompletableFuture.supplyAsync(
                () -> record(Interleaved.CLIENTS).during(LOAD_SECONDS), Executors.newVirtualThreadPerTaskExecutor());
        var unsealed = new ArrayDeque<Seen>();
        var longest = 0L;
        while (!recording.isDone()) {
            var positions = lab.query(
                            Role.QUERY,
                            "SELECT position || ' ' || (SELECT max(size) FROM seal.checkpoint) FROM event_store.head")
                    .getFirst()
                    .split(" ");
            var now = System.nanoTime();
            unsealed.add(new Seen(Long.parseLong(positions[0]), now));
            while (!unsealed.isEmpty() && unsealed.peek().head() <= Long.parseLong(positions[1])) {
                unsealed.remove();
            }
            if (!unsealed.isEmpty()) {
                longest = Math.max(longest, now - unsealed.peek().at());
            }
            Lab.pause(50);
        }
        metrics.add(Metric.of(
                        "sealed",
                        "longest from an append to its checkpoint, gateway with 32 threads without pause",
                        List.of(longest / 1e9),
                        "s",
                        AT_MOST,
                        5)
                .noting("%,.0f events/s".formatted(recording.join().perSecond())));
        awaitSealed();
    }

    private Interleaved.Activity record(int threads) {
        return seconds -> AppendFigures.sample(lab, gateway, () -> gateway.order("record", "" + threads, "" + seconds));
    }

    private void verify() {
        Console.step("Verifying the log");
        var rates = new ArrayList<Double>();
        var memory = 0.0;
        var cpu = 0.0;
        var postgres = 0.0;
        var start = start();
        for (var round = 0; round < ROUNDS; round++) {
            var events = number("SELECT position FROM event_store.head");
            var postgresBefore = Cpu.familySeconds(lab.postmaster());
            var began = System.nanoTime();
            var process = lab.auditVerify(HEAP_MEGABYTES);
            while (process.isAlive()) {
                memory = Math.max(memory, Cpu.residentMegabytes(process.pid()));
                cpu = Math.max(cpu, Cpu.seconds(process.pid()) / events * 1e6);
                Lab.pause(20);
            }
            rates.add(events / ((System.nanoTime() - began) / 1e9 - start));
            postgres = (Cpu.familySeconds(lab.postmaster()) - postgresBefore) / events * 1e6;
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        "audit-verify ended with " + process.exitValue() + ": " + said(process));
            }
        }
        var what = "audit-verify on one core, beyond the start of the program";
        metrics.add((options.full()
                        ? Metric.of("verify", what, rates, "events/s", AT_LEAST, 50_000)
                        : Metric.told("verify", what, rates, "events/s"))
                .noting("%.1f s of start left out; with it CPU per event %.1f µs, and %.1f µs of PostgreSQL"
                        .formatted(start, cpu, postgres)));
        metrics.add(Metric.told(
                "verify-memory",
                "largest resident memory of audit-verify, heap of %d MiB".formatted(HEAP_MEGABYTES),
                List.of(memory),
                "MiB"));
    }

    /** Seconds that the program takes to start and end: much of a short log's time, nothing of a long one's. */
    private double start() {
        var nothing = lab.folder().resolve("nothing");
        return Numbers.median(Stream.generate(() -> {
                    var began = System.nanoTime();
                    lab.auditVerify(HEAP_MEGABYTES, nothing).onExit().join();
                    return (System.nanoTime() - began) / 1e9;
                })
                .limit(ROUNDS)
                .toList());
    }

    private static String said(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
