package io.mealexpense.benchmarks;

import io.mealexpense.benchmarks.dataset.EventGenerator;
import io.mealexpense.benchmarks.dataset.GeneratedEvent;
import io.mealexpense.benchmarks.dataset.LogLoader;
import io.mealexpense.benchmarks.dataset.Meals;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is measured and with what: a PostgreSQL server of its own, the product's processes, the clients. */
final class Lab implements AutoCloseable {

    /** A small machine's JVM, as {@code ./run} chooses it; the yardstick gets the same. */
    static final List<String> JVM = Stream.concat(
                    Stream.of("-Xms48m", "-Xmx224m", "-XX:+UseSerialGC", "-Xss512k", "-XX:ReservedCodeCacheSize=64m"),
                    Runtime.version().feature() >= 25 ? Stream.of("-XX:+UseCompactObjectHeaders") : Stream.of())
            .toList();

    private static final int CONNECTIONS = 150;
    private static final int BODIES = 700;
    private static final Duration START = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Path root;
    private final Path folder;
    private final long seed;
    private final EmbeddedPostgres postgres;
    private final byte[] masterKey = new byte[32];
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private @Nullable Tokens tokens;
    private boolean closed;

    /**
     * @param root of the repository, built
     * @param folder for data and logs, emptied first
     */
    Lab(Path root, Path folder, long seed) {
        this.root = root;
        this.folder = folder;
        this.seed = seed;
        new SecureRandom().nextBytes(masterKey);
        delete(folder);
        create(folder);
        postgres = EmbeddedPostgres.start(folder.resolve("data"), CONNECTIONS);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-lab")); // Ctrl-C ends all of it
    }

    Database database() {
        return postgres.database();
    }

    Path folder() {
        return folder;
    }

    long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name and value of what decides how fast this server can be. */
    Map<String, String> settings() {
        return query(Role.COMMAND, """
                        SELECT name || '=' || current_setting(name) FROM pg_settings
                        WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'work_mem',
                            'maintenance_work_mem', 'max_wal_size', 'wal_sync_method', 'server_version', 'data_checksums',
                            'jit', 'max_parallel_workers_per_gather')
                        ORDER BY name
                        """).stream()
                .map(row -> row.split("=", 2))
                .collect(Collectors.toMap(row -> row[0], row -> row[1], (a, b) -> a, java.util.LinkedHashMap::new));
    }

    // --- processes ----------------------------------------------------------------------------------------------

    /** The write side without HTTP; it brings the schema up to date. */
    Worker gateway() {
        var environment = commandEnvironment();
        environment.put("LOGGING_LEVEL_ROOT", "warn");
        environment.put("MEALS_SEALING_ENABLED", "false"); // the service seals, as in production
        var worker = started(Worker.start(
                folder,
                "gateway",
                with(JVM, "-cp", classPath(), "io.mealexpense.benchmarks.gateway.GatewayMain"),
                environment));
        worker.answer();
        return worker;
    }

    /** The program that asks over HTTP, with what the accounts ask. */
    Worker load(List<UUID> accounts) {
        var worker = started(Worker.start(
                folder,
                "load",
                List.of("-Xmx192m", "-XX:+UseSerialGC", "-cp", classPath(), "io.mealexpense.benchmarks.load.LoadMain"),
                Map.of()));
        worker.answer();
        worker.order("bodies", bodies(accounts, BODIES).toString());
        return worker;
    }

    Worker commandService(int port) {
        var environment = commandEnvironment();
        environment.put("MEALS_COMMAND_PORT", Integer.toString(port));
        return ready(
                Worker.service(folder, "command-service", with(JVM, "-jar", unpacked("command-service")), environment),
                port,
                "/actuator/health/readiness");
    }

    Worker queryService(int port, int commandPort) {
        var environment = new HashMap<String, String>();
        environment.put("MEALS_QUERY_PORT", Integer.toString(port));
        environment.put("MEALS_JWKS_URL", "http://127.0.0.1:%d/.well-known/jwks.json".formatted(commandPort));
        environment.put(
                "MEALS_REVOCATIONS_URL", "http://127.0.0.1:%d/.well-known/revocations.json".formatted(commandPort));
        environment.putAll(connection("MEALS_QUERY_DB", Role.QUERY));
        environment.putAll(connection("MEALS_QUERY_MIGRATION_DB", Role.MIGRATOR));
        return ready(
                Worker.service(folder, "query-service", with(JVM, "-jar", unpacked("query-service")), environment),
                port,
                "/actuator/health/readiness");
    }

    Worker crud(int port) {
        return ready(
                Worker.service(
                        folder,
                        "crud",
                        with(JVM, "-jar", unpacked("benchmarks/crud")),
                        Map.of(
                                "CRUD_PORT", Integer.toString(port),
                                "CRUD_DB_URL", database().url(),
                                "CRUD_DB_USERNAME", database().username(Role.COMMAND),
                                "CRUD_DB_PASSWORD", database().password(Role.COMMAND),
                                "CRUD_VERIFICATION_KEY", tokens().verificationKey())),
                port,
                "/");
    }

    private Map<String, String> commandEnvironment() {
        var environment = new HashMap<String, String>();
        environment.put("MEALS_MASTER_KEY", Base64.getEncoder().encodeToString(masterKey));
        environment.put("MEALS_CHECKPOINT_FOLDER", checkpoints().toString());
        environment.putAll(connection("MEALS_COMMAND_DB", Role.COMMAND));
        environment.putAll(connection("MEALS_COMMAND_MIGRATION_DB", Role.MIGRATOR));
        return environment;
    }

    private Path checkpoints() {
        return folder.resolve("data").resolve("checkpoints");
    }

    /** The verifier, held to one core where the machine can do that. */
    Process auditVerify(int heapMegabytes) {
        return auditVerify(heapMegabytes, folder.resolve("data"));
    }

    /**
     * @param data the folder of the database and its checkpoints; if there is none, the program starts, says so and ends
     */
    Process auditVerify(int heapMegabytes, Path data) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            command.addAll(List.of("/usr/bin/taskset", "-c", "0"));
        }
        command.addAll(List.of(
                java(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-jar",
                jar("audit-verify"),
                "--data-dir",
                data.toString()));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> connection(String prefix, Role role) {
        return Map.of(
                prefix + "_URL", database().url(),
                prefix + "_USERNAME", role.roleName(),
                prefix + "_PASSWORD", database().password(role));
    }

    private static List<String> with(List<String> jvm, String... more) {
        return Stream.concat(
                        Stream.concat(
                                jvm.stream(),
                                Stream.of(
                                        System.getProperty("benchmarks.jvm", "").split(" "))),
                        Stream.of(more))
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private Worker started(Worker worker) {
        workers.add(worker);
        return worker;
    }

    /** Any answer will do: the yardstick refuses whoever has no token, and runs. */
    private Worker ready(Worker worker, int port, String path) {
        workers.add(worker);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        var giveUp = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < giveUp && worker.isAlive()) {
            try {
                if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 503) {
                    return worker;
                }
            } catch (IOException notYet) {
                // it starts
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
            pause(100);
        }
        throw new IllegalStateException("%s does not start:%n%s".formatted(worker.name(), worker.lastWords()));
    }

    void stop(Worker worker) {
        workers.remove(worker);
        worker.close();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The program as the images run it, which starts in half the time. */
    private String unpacked(String module) {
        var jar = Path.of(jar(module));
        var into = folder.resolve("programs").resolve(module);
        var command =
                List.of(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", into.toString());
        try {
            var unpacking =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(unpacking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (unpacking.waitFor() != 0) {
                throw new IllegalStateException("%s cannot be unpacked: %s".formatted(jar, said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        return into.resolve(jar.getFileName()).toString();
    }

    private String jar(String module) {
        try (var files = Files.list(root.resolve(module).resolve("target"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(module + " is not built"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- data ---------------------------------------------------------------------------------------------------

    /** Tables of the yardsticks, owned like everything else, written by the role of the write side. */
    void createYardsticks() throws SQLException {
        try (var connection = database().connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("CREATE SCHEMA benchmark");
            statement.execute("GRANT USAGE ON SCHEMA benchmark TO meals_command, meals_query");
            for (var table : List.of("plain", "indexed")) {
                statement.execute("""
                        CREATE TABLE benchmark.%s (
                            position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                            aggregate_type text NOT NULL, aggregate_id uuid NOT NULL, sequence bigint NOT NULL,
                            event_id uuid NOT NULL, name text NOT NULL, revision text NOT NULL,
                            recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                            payload json NOT NULL, metadata json NOT NULL)
                        """.formatted(table));
                statement.execute("GRANT INSERT, SELECT ON benchmark." + table + " TO meals_command");
            }
            statement.execute(
                    "ALTER TABLE benchmark.indexed ADD UNIQUE (aggregate_id, sequence), ADD UNIQUE (event_id)");
            statement.execute("""
                    CREATE TABLE benchmark.expense (
                        id uuid PRIMARY KEY, owner_id uuid NOT NULL, spent_on date NOT NULL, spent_at time, zone text,
                        amount numeric NOT NULL, currency text NOT NULL, tax numeric, tip numeric,
                        meal_type text NOT NULL, order_type text, party_size int, category_id uuid, place text,
                        tags text, purpose text, attendees text, notes text, recorded_at timestamptz NOT NULL)
                    """);
            statement.execute("GRANT INSERT, SELECT ON benchmark.expense TO meals_command");
            statement.execute("CREATE TABLE benchmark.bare (position bigint, aggregate_id text, sequence bigint,"
                    + " name text, owner_id text, spent_on text, amount text, currency text, meal_type text,"
                    + " category_id text, place text, notes text)");
            statement.execute("GRANT INSERT, TRUNCATE ON benchmark.bare TO meals_query");
        }
    }

    /**
     * Fills the empty log.
     *
     * @param large expenses of further accounts, each
     * @return the further accounts
     */
    List<UUID> loadLog(int users, long events, List<Integer> large) throws SQLException {
        var generator = new EventGenerator(seed, users, events);
        try (var connection = database().connect(Role.COMMAND)) {
            LogLoader.load(connection, log -> {
                generator.generate(log);
                generator.generateLarge(large, log);
            });
        }
        try (var connection = database().connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("VACUUM (ANALYZE) event_store.domain_event");
        }
        return generator.accounts().subList(users, users + large.size());
    }

    /** A recording of middling length, as the reference insert carries it. */
    GeneratedEvent typicalEvent(int users) {
        var recordings = new ArrayList<GeneratedEvent>();
        new EventGenerator(seed, users, users * 8L + 3_000).generate(event -> {
            if (event.name().equals("MealExpenseRecorded")) {
                recordings.add(event);
            }
        });
        recordings.sort(Comparator.comparingInt(event -> event.payload().length()));
        return recordings.get(recordings.size() / 2);
    }

    Tokens tokens() {
        try {
            tokens = tokens == null ? Tokens.of(database(), masterKey) : tokens;
            return tokens;
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Requests of these accounts: lines of a token and a body, the accounts in turn. */
    private Path bodies(List<UUID> accounts, int count) {
        var json = JsonMapper.builder().build();
        var meals = new Meals(new Random(seed));
        var lines = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            var account = accounts.get(i % accounts.size());
            var meal = meals.meal(LocalDate.of(2026, 3, 15), EventGenerator.categoriesOf(account));
            var body = new java.util.LinkedHashMap<String, Object>();
            body.put("spentOn", meal.spentOn().toString());
            put(body, "spentAt", meal.spentAt());
            put(body, "zone", meal.zone());
            put(body, "amount", plain(meal.amount()));
            put(body, "currency", meal.currency());
            put(body, "tax", plain(meal.tax()));
            put(body, "tip", plain(meal.tip()));
            put(body, "mealType", meal.mealType());
            put(body, "orderType", meal.orderType());
            if (meal.partySize() != null) {
                body.put("partySize", meal.partySize());
            }
            put(body, "categoryId", meal.categoryId());
            put(body, "place", meal.place());
            body.put("tags", meal.tags());
            put(body, "purpose", meal.purpose());
            body.put("attendees", meal.attendees());
            put(body, "notes", meal.notes());
            lines.add(tokens().token(account, "MEMBER") + "\t" + json.writeValueAsString(body));
        }
        return write("bodies.txt", lines);
    }

    private static @Nullable String plain(@Nullable BigDecimal sum) {
        return sum == null ? null : sum.toPlainString();
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }

    Path write(String name, List<String> lines) {
        try {
            return Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first column of every row. */
    List<String> query(Role role, String sql) {
        try (var connection = database().connect(role);
                var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            try (var rows = statement.executeQuery(sql)) {
                var all = new ArrayList<String>();
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Data go, logs stay. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        workers.reversed().forEach(Worker::close);
        postgres.close();
        delete(folder.resolve("data"));
    }
}
