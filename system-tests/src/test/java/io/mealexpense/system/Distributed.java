package io.mealexpense.system;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.postgres.Role;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The product as several processes: a PostgreSQL server of its own with a role per side, command services and a query
 * service, and a router before them.
 */
final class Distributed implements AutoCloseable {

    private static final class Shared {
        static final Distributed INSTANCE = start(0, 2, null);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::close, "stop-distributed"));
        }
    }

    private final Path folder = JavaProcess.newFolder("distributed");
    private final Path dataFolder = folder.resolve("data");
    private final String masterKey = randomKey();
    private final EmbeddedPostgres postgres;
    private final List<JavaProcess> commandServices = new ArrayList<>();
    private final List<JavaProcess> processes = new ArrayList<>();
    private final Log log;
    private final JavaProcess queryService;
    private final Router router;

    private Distributed(int port, int commandServiceCount, @Nullable RouterPages pages) {
        Guardian.postgres(dataFolder);
        postgres = EmbeddedPostgres.start(dataFolder);
        log = new Log(role -> DriverManager.getConnection(database().url(), role, passwordOf(role)));
        var commandPort = 0;
        for (var number = 1; number <= commandServiceCount; number++) {
            var freePort = JavaProcess.freePort();
            commandPort = number == 1 ? freePort : commandPort;
            commandServices.add(start("command-service", number, freePort, commandEnvironment(freePort)));
        }
        var queryPort = JavaProcess.freePort();
        queryService = start("query-service", 1, queryPort, queryEnvironment(queryPort, commandPort));
        processes.forEach(JavaProcess::awaitReady);
        router = Router.start(port, commands(), List.of(queryService.base()), pages);
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
        return new Distributed(port, commandServices, pages);
    }

    private JavaProcess start(String module, int number, int port, Map<String, String> environment) {
        var process = JavaProcess.start(
                folder, module + "-" + number, JavaProcess.jarOf(module), port, environment, List.of());
        processes.add(process);
        return process;
    }

    private Map<String, String> commandEnvironment(int port) {
        var environment = new HashMap<>(Standalone.NO_THROTTLE);
        environment.putAll(Staff.CONFIGURATION);
        environment.put("MEALS_COMMAND_PORT", Integer.toString(port));
        environment.put("MEALS_MASTER_KEY", masterKey);
        environment.put("MEALS_COMMAND_DB_POOL_SIZE", "8");
        environment.putAll(connection("MEALS_COMMAND_DB", Role.COMMAND));
        environment.putAll(connection("MEALS_COMMAND_MIGRATION_DB", Role.MIGRATOR));
        return environment;
    }

    private Map<String, String> queryEnvironment(int port, int commandPort) {
        var environment = new HashMap<String, String>();
        environment.put("MEALS_QUERY_PORT", Integer.toString(port));
        environment.put("MEALS_JWKS_URL", "http://127.0.0.1:%d/.well-known/jwks.json".formatted(commandPort));
        environment.put(
                "MEALS_REVOCATIONS_URL", "http://127.0.0.1:%d/.well-known/revocations.json".formatted(commandPort));
        environment.putAll(connection("MEALS_QUERY_DB", Role.QUERY));
        environment.putAll(connection("MEALS_QUERY_MIGRATION_DB", Role.MIGRATOR));
        return environment;
    }

    private Map<String, String> connection(String prefix, Role role) {
        return Map.of(
                prefix + "_URL", database().url(),
                prefix + "_USERNAME", role.roleName(),
                prefix + "_PASSWORD", database().password(role));
    }

    private static String randomKey() {
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
        return commandServices.stream().map(JavaProcess::base).toList();
    }

    /** The query service itself. */
    URI query() {
        return queryService.base();
    }

    URI base() {
        return router.base();
    }

    Log log() {
        return log;
    }

    Fold fold() {
        return Fold.run(database().url(), Log.QUERY, passwordOf(Log.QUERY));
    }

    TokenForge forge() {
        return new TokenForge(log, masterKey);
    }

    @Override
    public void close() {
        router.close();
        processes.forEach(JavaProcess::close);
        postgres.close();
        JavaProcess.delete(dataFolder);
    }
}
