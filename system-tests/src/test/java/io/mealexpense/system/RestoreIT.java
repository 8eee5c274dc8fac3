package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Client.Command;
import io.mealexpense.system.Guardian.PostgresFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * A backup taken while people work, and what was archived after it, restored to random moments: what comes back is exactly
 * the beginning of the log. The moments are drawn from {@code -Drestore.seed}, or from another seed each time.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RestoreIT {

    private static final int CLIENTS = 4;
    private static final int MOMENTS = 3;
    private static final Duration THOUGHT = Duration.ofMillis(20);
    private static final Duration TASK = Duration.ofMinutes(5);

    private final long seed = Long.getLong("restore.seed", new Random().nextInt(1_000_000));
    private final Random random = new Random(seed);
    private final Path folder = JavaProcess.newFolder("restore");
    private final Path archive = folder.resolve("archive");
    private final Path backups = folder.resolve("backups");
    private final List<Store> stores = new ArrayList<>();

    /** A data folder, and the process on it if one is started. */
    private final class Store implements Product {

        private final Path data;
        private final Log log = new Log(role -> DriverManager.getConnection(url(), role, password(role)));
        private JavaProcess process;

        Store(String name) {
            data = folder.resolve(name);
            Guardian.postgres(data);
            stores.add(this);
        }

        Store start(String... more) {
            var port = JavaProcess.freePort();
            var arguments = new ArrayList<>(List.of("--data-dir", data.toString(), "--port", Integer.toString(port)));
            arguments.addAll(List.of(more));
            process = JavaProcess.start(
                            folder,
                            data.getFileName().toString(),
                            JavaProcess.jarOf("standalone"),
                            List.of(),
                            port,
                            Standalone.NO_THROTTLE,
                            arguments)
                    .awaitReady();
            return this;
        }

        void stop() throws InterruptedException {
            if (process != null) {
                process.close();
            }
            PostgresFolder.stop(data);
        }

        @Override
        public Log log() {
            return log;
        }

        @Override
        public Fold fold() {
            return Fold.run(url(), Log.QUERY, password(Log.QUERY));
        }

        private String url() {
            return "jdbc:postgresql://127.0.0.1:" + PostgresFolder.port(data) + "/meals";
        }

        private String password(String role) {
            var credentials = new Properties();
            try (var in = Files.newInputStream(data.resolve("credentials.properties"))) {
                credentials.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return credentials.getProperty(role);
        }

        Instant clock() {
            return log.query(
                            Log.QUERY,
                            "SELECT clock_timestamp()",
                            row -> row.getObject(1, OffsetDateTime.class).toInstant())
                    .getFirst();
        }

        /** Every column of every event as it is stored, by position. */
        Map<Long, String> events() {
            return log
                    .query(
                            Log.QUERY,
                            "SELECT position, event::text FROM event_store.domain_event event ORDER BY position",
                            row -> Map.entry(row.getLong(1), row.getString(2)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        }

        Map<Long, Instant> times() {
            return log
                    .query(
                            Log.QUERY,
                            "SELECT position, recorded_at FROM event_store.domain_event",
                            row -> Map.entry(
                                    row.getLong(1),
                                    row.getObject(2, OffsetDateTime.class).toInstant()))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var store : stores) {
            store.stop();
            if (Files.exists(store.data)) {
                JavaProcess.delete(store.data);
            }
        }
        for (var place : List.of(archive, backups)) {
            if (Files.exists(place)) {
                JavaProcess.delete(place);
            }
        }
    }

    @Test
    void what_is_restored_is_the_log_up_to_that_moment_and_nothing_else() throws Exception {
        tell("seed " + seed);
        var original = new Store("original").start("--archive", archive.toString());
        var member = Api.at(original.process.base()).register();
        List<Instant> moments = new ArrayList<>();
        Map<Instant, List<Command>> acknowledgedBy = new TreeMap<>();
        try (var crowd = new Crowd(CLIENTS, List.of(member.api()), THOUGHT)) {
            crowd.start().awaitMore(100);
            var began = System.nanoTime();
            requireDone(run("backup", "--backup", backups.toString(), "--data-dir", original.data.toString()));
            tell("backup under load took %.1f s".formatted((System.nanoTime() - began) / 1e9));
            var earliest = original.clock();
            for (var moment = 0; moment < MOMENTS; moment++) {
                crowd.awaitMore(50 + random.nextInt(150));
                // what was acknowledged before the server's clock is asked was committed before
                var acknowledged = crowd.clients().stream()
                        .flatMap(client -> client.acknowledged().stream())
                        .toList();
                var now = original.clock();
                assertThat(now).isAfter(earliest);
                moments.add(now);
                acknowledgedBy.put(now, acknowledged);
            }
            crowd.awaitMore(50);
            crowd.rest();
            crowd.requireKept(original);
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(original.data.resolve("checkpoints/checkpoint"))
                        && sealed(original.data) == original.log().head());
        var events = original.events();
        var times = original.times();
        original.stop(); // which archives the rest
        tell("%d events, archive of %d pieces".formatted(events.size(), pieces()));

        for (var moment : moments) {
            var restored = restore(moment);
            var came = restored.events();
            var last = came.size();
            tell("%s: %d events".formatted(moment, last));
            assertThat(came)
                    .isEqualTo(events.entrySet().stream()
                            .limit(last)
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            assertThat(times.get((long) last)).isBeforeOrEqualTo(moment);
            restored.log().requireInOrder();
            requireThere(acknowledgedBy.get(moment), restored);
            restored.fold().requireEqual();
            requirePublishedAhead(restored, original, last < events.size());
            Recovery.requireClosed(Api.at(restored.process.base())
                    .signIn(member.email(), member.password(), null)
                    .api());
            assertThat(restored.log().head()).isEqualTo(last);
            restored.stop();
        }
    }

    /** Started without the newer checkpoints, as a drill is: what it holds is as it was sealed, read models and all. */
    private Store restore(Instant moment) throws InterruptedException {
        var restored = new Store("restored-" + stores.size());
        requireDone(run(
                "restore",
                "--restore",
                backups.toString(),
                "--archive",
                archive.toString(),
                "--until",
                moment.toString(),
                "--data-dir",
                restored.data.toString()));
        restored.start();
        AuditVerify.requireClean(AuditVerify.run(restored.data));
        return restored;
    }

    private static void requireThere(List<Command> acknowledged, Store restored) {
        var commands = restored.log().expenseEvents().stream()
                .map(event -> event.sequence() == 0 ? event.aggregateId().toString() : event.commandId())
                .collect(Collectors.toSet());
        assertThat(commands).containsAll(acknowledged.stream().map(Command::key).toList());
    }

    /** With what was published up to the loss, the verifier says that the end of the log is missing. */
    private static void requirePublishedAhead(Store restored, Store original, boolean cut) {
        var exitCode = AuditVerify.run(restored.data, original.data.resolve("checkpoints"));
        assertThat(exitCode)
                .as("exit code of audit-verify with newer checkpoints")
                .isEqualTo(cut ? 1 : 0);
    }

    private static long sealed(Path data) throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("checkpoints/checkpoint"))
                .get(1)
                .strip());
    }

    private long pieces() throws IOException {
        try (var files = Files.list(archive)) {
            return files.filter(file -> file.toString().endsWith(".gz")).count();
        }
    }

    private static int run(String what, String... arguments) {
        var command = new ArrayList<>(List.of(
                JavaProcess.javaProgram(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JavaProcess.jarOf("standalone").toString()));
        command.addAll(List.of(arguments));
        return Script.run(Path.of("."), Map.of(), TASK, command);
    }

    private static void requireDone(int exitCode) {
        assertThat(exitCode).isZero();
    }

    private void tell(String what) {
        System.out.println("Restore: " + what);
    }
}
