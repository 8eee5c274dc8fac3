package io.mealexpense.benchmarks.anchor;

import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Numbers;
import io.mealexpense.benchmarks.measure.Sample;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * PostgreSQL's own load generator on a single-row INSERT and COMMIT: the same bytes as an event of the log, by prepared
 * statements over the same loopback TCP and with the same role as the command service.
 */
public final class Pgbench {

    /** Seconds before and after the stretch that counts: connecting is nobody's operation. */
    private static final double LEAD = 0.4;

    private static final String SCRIPT = """
            INSERT INTO benchmark.%s (aggregate_type, aggregate_id, sequence, event_id, name, revision, payload, metadata)
            VALUES ('MealExpense', gen_random_uuid(), 0, gen_random_uuid(), 'MealExpenseRecorded', '1', :payload, :metadata);
            """;

    private final Path folder;
    private final Database database;
    private final long postmaster;
    private final Path script;
    private final String payload;
    private final String metadata;

    /**
     * @param folder for its script and its logs
     * @param table of the schema {@code benchmark} that takes the rows
     * @param payload of every row
     * @param metadata of every row
     */
    public Pgbench(Path folder, Database database, long postmaster, String table, String payload, String metadata) {
        this.folder = folder;
        this.database = database;
        this.postmaster = postmaster;
        this.payload = payload;
        this.metadata = metadata;
        this.script = folder.resolve("pgbench-" + table + ".sql");
        try {
            Files.writeString(script, SCRIPT.formatted(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of the pgbench on the PATH, empty if there is none. */
    public static Optional<String> version() {
        try {
            var process = new ProcessBuilder("pgbench", "--version")
                    .redirectErrorStream(true)
                    .start();
            var text = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Lets so many clients insert for so long. */
    public Sample run(int clients, double seconds) {
        var logs = folder.resolve("pgbench-log");
        deleteLogs();
        var command = List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(clients, 2),
                "--time=" + (int) Math.ceil(seconds + 2 * LEAD),
                "--file=" + script,
                "--define=payload=" + payload,
                "--define=metadata=" + metadata,
                "--log",
                "--log-prefix=" + logs,
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=" + database.username(Role.COMMAND),
                database.name());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbench.log").toFile());
        builder.environment().put("PGPASSWORD", database.password(Role.COMMAND));
        try {
            var process = builder.start();
            Thread.sleep((long) (LEAD * 1000));
            var cpu = Cpu.familySeconds(postmaster);
            var from = System.currentTimeMillis() * 1000;
            Thread.sleep((long) (seconds * 1000));
            var used = Cpu.familySeconds(postmaster) - cpu;
            var to = System.currentTimeMillis() * 1000;
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IllegalStateException("pgbench failed: " + Files.readString(folder.resolve("pgbench.log")));
            }
            var durations = durations(from, to);
            return new Sample(
                    durations.length / ((to - from) / 1e6),
                    0,
                    used * 1e6 / durations.length,
                    Numbers.percentile(durations, 0.5) / 1e3,
                    Numbers.percentile(durations, 0.99) / 1e3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Of the transactions that ended between these two moments, microseconds each. */
    private long[] durations(long from, long to) throws IOException {
        var all = LongStream.builder();
        try (var files = Files.newDirectoryStream(folder, "pgbench-log.*")) {
            for (var file : files) {
                try (var lines = Files.lines(file)) {
                    lines.map(line -> line.split(" ")).forEach(cells -> {
                        var ended = Long.parseLong(cells[4]) * 1_000_000 + Long.parseLong(cells[5]);
                        if (ended >= from && ended < to) {
                            all.add(Long.parseLong(cells[2]));
                        }
                    });
                }
            }
        }
        deleteLogs();
        return all.build().toArray();
    }

    private void deleteLogs() {
        var logs = folder.toFile().listFiles((dir, name) -> name.startsWith("pgbench-log."));
        Arrays.stream(logs == null ? new java.io.File[0] : logs).forEach(java.io.File::delete);
    }
}
