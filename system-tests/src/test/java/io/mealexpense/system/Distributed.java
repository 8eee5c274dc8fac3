package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The product as several processes: a PostgreSQL server of its own with a role per side, command services and query
 * services, and a router before them.
 */
final class Distributed implements Product, AutoCloseable {

    private static final class Shared {
        static final Distributed INSTANCE = start(0, 2, null);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::close, "stop-distributed"));
        }
    }

    /** Where the product's database is. */
    interface Server extends AutoCloseable {

        Database database();

        /** The same, by the way that a service takes to it which answers at that port. */
        default Database reachedFrom(int servicePort) {
            return database();
        }

        @Override
        void close();
    }

    static final String COMMAND = "command-service";
    static final String QUERY = "query-service";

    private final Path folder = JavaProcess.newFolder("distributed");
    private final Server postgres;
    private final String masterKey;
    private final Router router;
    private final boolean keysByRouter;
    private final List<Service> commandServices = new ArrayList<>();
    private final List<Service> queryServices = new ArrayList<>();
    private final List<String> metrics = new ArrayList<>();
    private final Log log;
    private int started;

    /** Nothing runs yet but the database and the router. */
    private Distributed(
            Server postgres, String masterKey, int port, boolean keysByRouter, @Nullable RouterPages pages) {
        this.postgres = postgres;
        this.masterKey = masterKey;
        this.keysByRouter = keysByRouter;
        router = Router.start(port, List.of(), List.of(), pages);
        log = new Log(role -> DriverManager.getConnection(database().url(), role, passwordOf(role)));
    }

    private Distributed(
            Server postgres,
            String masterKey,
            int port,
            List<Duration> commandClocks,
            List<Duration> queryClocks,
            @Nullable RouterPages pages) {
        this(postgres, masterKey, port, false, pages);
        commandClocks.forEach(clock -> {
            addCommandService(clock);
            if (!clock.isZero()) {
                commandServices.getLast().awaitReady(); // keys are made by the first that comes, on its clock
            }
        });
        queryClocks.forEach(this::addQueryService);
        commandServices.forEach(Service::awaitReady);
        queryServices.forEach(Service::awaitReady);
        commands().forEach(router::addCommandService);
        queryServices.stream().map(Service::base).forEach(router::addQueryService);
    }

    /** Two command services, one query service; one set for all tests of a JVM. */
    static Distributed running() {
        return Shared.INSTANCE;
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @param port of the router, 0 for any free one
     */
    static Distributed start(int port, int commandServices, @Nullable RouterPages pages) {
        return new Distributed(
                new OwnPostgres(),
                randomKey(),
                port,
                Collections.nCopies(commandServices, Duration.ZERO),
                List.of(Duration.ZERO),
                pages);
    }

    /** A command service and a query service on a server that is there; closing one closes the other. */
    static Distributed on(Server postgres, String masterKey) {
        return new Distributed(postgres, masterKey, 0, List.of(Duration.ZERO), List.of(Duration.ZERO), null);
    }

    /**
     * The same, of several command services, beside what another one published.
     *
     * @param published is copied to where these publish
     */
    static Distributed on(Server postgres, String masterKey, int commandServices, Path published) {
        var product = new Distributed(postgres, masterKey, 0, false, null);
        product.takeOver(published);
        for (var i = 0; i < commandServices; i++) {
            product.addCommandService(Duration.ZERO);
        }
        product.addQueryService(Duration.ZERO);
        product.commandServices().forEach(product::admit);
        product.queryServices().forEach(product::admit);
        return product;
    }

    private void takeOver(Path published) {
        try (var files = Files.walk(published)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = checkpoints().resolve(published.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts services whose clocks are wrong by so much, on a server that is there; closing one closes the other.
     *
     * @param commandClocks one for each command service, the one furthest behind first
     * @param queryClocks one for each query service
     */
    static Distributed withClocks(Server postgres, List<Duration> commandClocks, List<Duration> queryClocks) {
        return new Distributed(postgres, randomKey(), 0, commandClocks, queryClocks, null);
    }

    /** A database and a router to nobody; services find each other by the router, as in a deployment. */
    static Distributed withoutServices() {
        return withoutServices(new OwnPostgres());
    }

    /** The same on a server that is there; closing one closes the other. */
    static Distributed withoutServices(Server postgres) {
        return new Distributed(postgres, randomKey(), 0, true, null);
    }

    /** One of the processes, at the same address whenever it runs. */
    static final class Service {

        private final Supplier<JavaProcess> start;
        private final Path clock;
        private JavaProcess process;

        private Service(Supplier<JavaProcess> start, Path clock) {
            this.start = start;
            this.clock = clock;
            this.process = start.get();
        }

        /** All that it said. */
        private String log() {
            return process.log();
        }

        /** While it runs, and for its next start. */
        void setClock(Duration wrongBy) {
            OtherClock.set(clock, wrongBy);
        }

        URI base() {
            return process.base();
        }

        long pid() {
            return process.pid();
        }

        Service awaitReady() {
            process.awaitReady();
            return this;
        }

        void freeze() {
            process.freeze();
        }

        void thaw() {
            process.thaw();
        }

        /** As {@code kill -9} does. */
        void kill() {
            process.kill();
        }

        void stop() {
            process.close();
        }

        /** As a deployment stops it, which must not have to insist. */
        void stopWhenAsked() {
            assertThat(process.stop()).as("%s ends when asked to", base()).isTrue();
        }

        /** After it was stopped or killed; it is not ready yet. */
        Service restart() {
            process = start.get();
            return this;
        }
    }

    /** @param clock by how much it is wrong; only one that is wrong from the beginning can be put later */
    private Service service(Path build, String module, Duration clock, int port, Map<String, String> environment) {
        var name = module + "-" + ++started;
        var clockFile = folder.resolve(name + ".clock");
        if (!clock.isZero()) {
            OtherClock.set(clockFile, clock);
        }
        return new Service(
                () -> JavaProcess.start(
                        folder,
                        name,
                        JavaProcess.jarOf(build, module),
                        clock.isZero() ? List.of() : OtherClock.jvmOptions(folder, clockFile),
                        port,
                        environment,
                        List.of()),
                clockFile);
    }

    private void addCommandService(Duration clock) {
        var port = JavaProcess.freePort();
        var environment = commandEnvironment(port);
        environment.putAll(connection("MEALS_COMMAND_MIGRATION_DB", Role.MIGRATOR, port));
        commandServices.add(service(JavaProcess.THIS_BUILD, COMMAND, clock, port, environment));
    }

    private void addQueryService(Duration clock) {
        var port = JavaProcess.freePort();
        var environment = queryEnvironment(port);
        environment.putAll(connection("MEALS_QUERY_MIGRATION_DB", Role.MIGRATOR, port));
        queryServices.add(service(JavaProcess.THIS_BUILD, QUERY, clock, port, environment));
    }

    private Map<String, String> commandEnvironment(int port) {
        var environment = new HashMap<>(Standalone.NO_THROTTLE);
        environment.putAll(Staff.CONFIGURATION);
        environment.put("MEALS_COMMAND_PORT", Integer.toString(port));
        environment.put("MEALS_METRICS_PORT", metricsPortOf(COMMAND));
        environment.put("MEALS_LOG_FORMAT", "ecs");
        environment.put("MEALS_MASTER_KEY", masterKey);
        environment.put("MEALS_CHECKPOINT_FOLDER", checkpoints().toString());
        environment.put("MEALS_COMMAND_DB_POOL_SIZE", "8");
        environment.putAll(connection("MEALS_COMMAND_DB", Role.COMMAND, port));
        return environment;
    }

    private Map<String, String> queryEnvironment(int port) {
        var environment = new HashMap<String, String>();
        var published =
                (keysByRouter ? router.base() : commandServices.getFirst().base()) + "/.well-known/";
        environment.put("MEALS_QUERY_PORT", Integer.toString(port));
        environment.put("MEALS_METRICS_PORT", metricsPortOf(QUERY));
        environment.put("MEALS_LOG_FORMAT", "ecs");
        environment.put("MEALS_QUERY_BATCH_SIZE", "100"); // so that there are many, and something between them
        environment.put("MEALS_JWKS_URL", published + "jwks.json");
        environment.put("MEALS_REVOCATIONS_URL", published + "revocations.json");
        environment.putAll(connection("MEALS_QUERY_DB", Role.QUERY, port));
        return environment;
    }

    private Map<String, String> connection(String prefix, Role role, int servicePort) {
        var database = postgres.reachedFrom(servicePort);
        return Map.of(
                prefix + "_URL", database.url(),
                prefix + "_USERNAME", role.roleName(),
                prefix + "_PASSWORD", database.password(role));
    }

    /** Where checkpoints of the log are published. */
    Path checkpoints() {
        return folder.resolve("checkpoints").toAbsolutePath();
    }

    /** Waits until all that was appended is sealed and published. */
    void awaitSealed() {
        awaitSealed(checkpoints());
    }

    private void awaitSealed(Path place) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsMatching(NoSuchFileException.class::isInstance)
                .untilAsserted(() -> assertThat(
                                Files.readAllLines(place.resolve("checkpoint")).get(1))
                        .isEqualTo(Long.toString(log.head())));
    }

    /**
     * The same after the only recovery there was.
     *
     * @return where that is published
     */
    Path awaitSealedSinceRecovery() {
        var place = await().atMost(Duration.ofSeconds(20)).until(this::sinceRecovery, Optional::isPresent);
        awaitSealed(place.orElseThrow());
        return place.orElseThrow();
    }

    private Optional<Path> sinceRecovery() throws IOException {
        try (var files = Files.list(checkpoints())) {
            return files.filter(file -> file.getFileName().toString().startsWith("since-"))
                    .findFirst();
        }
    }

    /** A master key. */
    static String randomKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private String passwordOf(String roleName) {
        for (var role : Role.values()) {
            if (role.roleName().equals(roleName)) {
                return database().password(role);
            }
        }
        return "";
    }

    private Database database() {
        return postgres.database();
    }

    /** Through the router. */
    Api api() {
        return Api.at(router.base());
    }

    /** The command services themselves. */
    List<URI> commands() {
        return commandServices.stream().map(Service::base).toList();
    }

    private String metricsPortOf(String module) {
        var metricsPort = Integer.toString(JavaProcess.freePort());
        metrics.add(module + "=localhost:" + metricsPort);
        return metricsPort;
    }

    /** Where Prometheus asks each of the services that were started: {@code <job>=<host>:<port>}. */
    List<String> metrics() {
        return List.copyOf(metrics);
    }

    /** All that each of the services said. */
    List<String> logs() {
        return Stream.concat(commandServices.stream(), queryServices.stream())
                .map(Service::log)
                .toList();
    }

    /** One more command service beside the others, unknown to the router. */
    Service anotherCommandService() {
        addCommandService(Duration.ZERO);
        return commandServices.removeLast();
    }

    /**
     * Migrates as a step of a deployment does: knows the migrator's login and nothing else.
     *
     * @return the process, which ends by itself
     */
    JavaProcess migration(String module, int port, Map<String, String> otherwise) {
        var side = module.equals(COMMAND) ? "MEALS_COMMAND_" : "MEALS_QUERY_";
        var environment = new HashMap<>(connection(side + "MIGRATION_DB", Role.MIGRATOR, port));
        environment.put(side + "PORT", Integer.toString(port));
        environment.putAll(otherwise);
        return JavaProcess.start(
                folder,
                module + "-migration-" + ++started,
                JavaProcess.jarOf(module),
                List.of(),
                port,
                environment,
                List.of("--migrate"));
    }

    /** Does both, the log first. */
    void migrate() {
        for (var module : List.of(COMMAND, QUERY)) {
            var migration = migration(module, JavaProcess.freePort(), Map.of());
            assertThat(migration.awaitEnd()).as(migration.logTail()).isZero();
        }
    }

    /**
     * Starts one of that build behind the router, and waits until it gets requests.
     *
     * @param migrates whether it has the migrator's login, and migrates when it starts
     */
    Service join(Path build, String module, boolean migrates) {
        var port = JavaProcess.freePort();
        var isCommand = module.equals(COMMAND);
        var side = isCommand ? "MEALS_COMMAND_" : "MEALS_QUERY_";
        var environment = isCommand ? commandEnvironment(port) : queryEnvironment(port);
        if (migrates) {
            environment.putAll(connection(side + "MIGRATION_DB", Role.MIGRATOR, port));
        } else {
            environment.put(side + "MIGRATION_ENABLED", "false");
        }
        var service = service(build, module, Duration.ZERO, port, environment);
        (isCommand ? commandServices : queryServices).add(service);
        return admit(service);
    }

    /** Waits until it is ready and sends requests to it. */
    Service admit(Service service) {
        service.awaitReady();
        if (commandServices.contains(service)) {
            router.addCommandService(service.base());
        } else {
            router.addQueryService(service.base());
        }
        return service;
    }

    /** As a load balancer and its deployment do: no new requests, those under way are answered, then it is to stop. */
    void retire(Service service) throws InterruptedException {
        router.drain(service.base());
        service.stopWhenAsked();
    }

    /** Dies, and the load balancer finds that out at once. */
    void lose(Service service) throws InterruptedException {
        service.kill();
        router.drain(service.base());
    }

    Service commandService(int number) {
        return commandServices.get(number);
    }

    List<Service> commandServices() {
        return List.copyOf(commandServices);
    }

    List<Service> queryServices() {
        return List.copyOf(queryServices);
    }

    /** The first query service itself. */
    URI query() {
        return queryServices.getFirst().base();
    }

    URI base() {
        return router.base();
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Fold fold() {
        return Fold.run(database().url(), Log.QUERY, passwordOf(Log.QUERY));
    }

    TokenForge forge() {
        return new TokenForge(log, masterKey);
    }

    @Override
    public void close() {
        router.close();
        commandServices.forEach(Service::stop);
        queryServices.forEach(Service::stop);
        postgres.close();
    }
}
