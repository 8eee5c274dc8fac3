package io.mealexpense.system;

import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.postgres.Role;
import io.mealexpense.system.Guardian.PostgresFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The product on one machine, on a data folder of its own; one for all tests of a JVM. */
final class Standalone implements Product {

    private static final class Shared {
        static final Standalone INSTANCE = new Standalone();
    }

    /** Many tests come from one address. */
    static final Map<String, String> NO_THROTTLE = Map.of(
            "MEALS_COMMAND_THROTTLE_REGISTER_BURST", "10000",
            "MEALS_COMMAND_THROTTLE_SIGN_IN_BURST", "10000",
            "MEALS_COMMAND_THROTTLE_SIGNIN_BURST", "10000");

    private final Path folder = JavaProcess.newFolder("standalone");
    private final Path dataFolder = folder.resolve("data");
    private final int port = JavaProcess.freePort();
    private final int metricsPort = JavaProcess.freePort();
    private final Log log = new Log(role -> DriverManager.getConnection(url(), role, password(role)));
    private JavaProcess process;

    private Standalone() {
        Guardian.postgres(dataFolder);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop-standalone"));
        process = start();
    }

    /** Running, whatever another test did to it. */
    static Standalone running() {
        var it = Shared.INSTANCE;
        if (!it.process.isAlive()) {
            it.process = it.start();
        }
        return it;
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(NO_THROTTLE);
        environment.put("MEALS_METRICS_PORT", Integer.toString(metricsPort));
        environment.putAll(Staff.CONFIGURATION);
        return environment;
    }

    private JavaProcess start() {
        return JavaProcess.start(
                        folder,
                        "standalone",
                        JavaProcess.jarOf("standalone"),
                        List.of(),
                        port,
                        environment(),
                        List.of("--data-dir", dataFolder.toString(), "--port", Integer.toString(port)))
                .awaitReady();
    }

    Api api() {
        return Api.at(base());
    }

    URI base() {
        return process.base();
    }

    /** Where Prometheus asks. */
    URI metrics() {
        return URI.create("http://localhost:" + metricsPort);
    }

    @Override
    public Log log() {
        return log;
    }

    /** The process only: its database server lives on, as it does after {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** As Ctrl-C does. */
    void stop() {
        process.close();
    }

    private void end() {
        stop();
        try {
            PostgresFolder.stop(dataFolder); // outlived the process if a test killed that one
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        JavaProcess.delete(dataFolder);
    }

    void restart() {
        process = start();
    }

    /** While stopped: what an operator does with the database. */
    void maintain(String... statements) throws SQLException {
        try (var postgres = EmbeddedPostgres.start(dataFolder);
                var connection = postgres.database().connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public Fold fold() {
        return Fold.run(url(), Log.QUERY, password(Log.QUERY));
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + PostgresFolder.port(dataFolder) + "/meals";
    }

    private String password(String role) {
        var credentials = new Properties();
        try (var in = Files.newInputStream(dataFolder.resolve("credentials.properties"))) {
            credentials.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return credentials.getProperty(role);
    }

    /** The exit code of the program that verifies the log. */
    int verify() {
        return AuditVerify.run(dataFolder);
    }

    /** Where checkpoints are published. */
    Path checkpoints() {
        return dataFolder.resolve("checkpoints");
    }

    TokenForge forge() {
        return new TokenForge(log, masterKey());
    }

    private String masterKey() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(dataFolder.resolve("master.key")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
