package io.mealexpense.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * For tests: one server per JVM, started when the first test asks and stopped at exit, with as many databases as
 * wanted, each made in milliseconds. Its data is dropped at the next start.
 */
public final class SharedPostgres {

    private static final int FOLDERS = 20;
    private static final long WAIT_FOR_CLIENTS_MILLIS = 3_000;

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

    private SharedPostgres() {}

    /** A new and empty database, with the product's roles. */
    public static Database database() {
        return Server.INSTANCE.create("template1");
    }

    /**
     * A new database like the one that {@code prepare} made, which runs once per JVM and name: for migrations that
     * every test wants and none wants to wait for. No connection to that first one may stay open.
     */
    public static Database database(String template, Consumer<Database> prepare) {
        var name = TEMPLATES.computeIfAbsent(template, key -> {
            var prepared = database();
            prepare.accept(prepared);
            return prepared.name();
        });
        return Server.INSTANCE.create(name);
    }

    private static final class Server {

        static final Server INSTANCE = new Server();

        private final String administratorPassword = Credentials.newPassword();
        private final EmbeddedPostgres postgres = start();

        private Server() {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shared-postgres-stop"));
        }

        /** Another JVM may be testing in the same build folder. */
        private EmbeddedPostgres start() {
            for (var number = 1; ; number++) {
                try {
                    return EmbeddedPostgres.start(
                            buildFolder().resolve("shared-postgres-" + number),
                            Settings.SHARED_BY_TESTS,
                            administratorPassword);
                } catch (DataDirectoryInUse e) {
                    if (number == FOLDERS) {
                        throw e;
                    }
                }
            }
        }

        private static Path buildFolder() {
            var target = Path.of("target");
            return Files.isDirectory(target) ? target : Path.of(System.getProperty("java.io.tmpdir"));
        }

        private Database create(String template) {
            var name = "test_" + DATABASES.incrementAndGet();
            try (var connection = administrator();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + Bootstrap.OWNER);
                for (var grant : Bootstrap.access(name)) {
                    statement.execute(grant);
                }
            } catch (SQLException e) {
                throw new EmbeddedPostgresException("No database for a test: " + e.getMessage(), e);
            }
            return new Database(
                    name, postgres.database().port(), postgres.database().passwords());
        }

        private Connection administrator() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:postgresql://" + PostgresServer.HOST + ":"
                            + postgres.database().port() + "/postgres",
                    Bootstrap.TEST_ADMINISTRATOR,
                    administratorPassword);
        }

        /** Shutdown hooks run side by side: those that close pools and contexts still need the server. */
        private void stop() {
            try (var connection = administrator();
                    var clients = connection.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
                var end = System.nanoTime() + WAIT_FOR_CLIENTS_MILLIS * 1_000_000;
                while (System.nanoTime() < end) {
                    try (var count = clients.executeQuery()) {
                        if (!count.next() || count.getInt(1) == 0) {
                            break;
                        }
                    }
                    Thread.sleep(20);
                }
            } catch (SQLException | InterruptedException e) {
                // then it stops without waiting
            } finally {
                postgres.close();
            }
        }
    }
}
