package io.mealexpense.system;

import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.system.Guardian.PostgresFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The PostgreSQL that the product brings, started by the test. */
final class OwnPostgres implements Distributed.Server {

    /** How it is told to stop. */
    enum Shutdown {
        /** It ends every session and what it is doing. */
        FAST("INT"),
        /** It ends at once, as after a loss of power, and recovers at its next start. */
        IMMEDIATE("QUIT");

        private final String signal;

        Shutdown(String signal) {
            this.signal = signal;
        }
    }

    private final Path folder;
    private final Map<String, String> environment;
    private EmbeddedPostgres postgres;

    OwnPostgres() {
        this(JavaProcess.newFolder("postgres"), Map.of());
    }

    /**
     * @param parent of the data's folder
     * @param environment of the server, beside what it always has
     */
    OwnPostgres(Path parent, Map<String, String> environment) {
        this.folder = parent.resolve("data");
        this.environment = environment;
        Guardian.postgres(folder);
        postgres = EmbeddedPostgres.start(folder, environment);
    }

    @Override
    public Database database() {
        return postgres.database();
    }

    /** Stops while whoever uses it goes on, and starts again at the same address. */
    void restart(Shutdown how) {
        var server = PostgresFolder.server(folder).orElseThrow();
        var port = database().port();
        JavaProcess.signal(how.signal, server.pid());
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> PostgresFolder.isEmpty(folder));
        postgres.close();
        postgres = EmbeddedPostgres.start(folder, environment);
        if (database().port() != port) {
            throw new IllegalStateException("Somebody took port " + port);
        }
    }

    /** Starts it again if it has ended by itself. */
    void revive() {
        if (PostgresFolder.server(folder).isEmpty()) {
            postgres.close();
            postgres = EmbeddedPostgres.start(folder, environment);
        }
    }

    @Override
    public void close() {
        postgres.close();
        JavaProcess.delete(folder);
    }
}
