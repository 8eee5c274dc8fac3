package io.mealexpense.standalone;

import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.postgres.EmbeddedPostgresException;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SecretFile;
import io.mealexpense.standalone.demo.StagedClock;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.MapPropertySource;

/** The product on one machine: starts the database, then both services in front of it; stops them the other way round. */
public final class StandaloneApplication {

    private static final int KEY_BYTES = 32;

    private StandaloneApplication() {}

    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            var options = Options.parse(List.of(args), System.getenv(), Path.of(System.getProperty("user.home")));
            if (options.task().isPresent()) {
                Safekeeping.perform(options.task().get(), options);
                return;
            }
            start(options);
        } catch (Options.UsageException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
        } catch (EmbeddedPostgresException | DataStore.WrongKindException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        } catch (Throwable failedToStart) {
            if (portInUse(failedToStart)) {
                System.err.println("The port is in use by another program; choose another one with --port.");
            } else {
                failedToStart.printStackTrace();
            }
            // Axon's threads would keep a dead process alive
            System.exit(1);
        }
    }

    private static boolean portInUse(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return true;
            }
        }
        return false;
    }

    private static void start(Options options) {
        if (!System.getenv().getOrDefault("MEALS_LOG_FORMAT", "").isBlank()) {
            System.setProperty(LoggingApplicationListener.CONFIG_PROPERTY, "classpath:logback-structured.xml");
        }
        var first = DataStore.claim(options.dataDir(), options.demo());
        Safekeeping.archive(options);
        var postgres = EmbeddedPostgres.start(options.dataDir());
        SpringApplication.getShutdownHandlers().add(postgres::close);
        if (postgres.isArchived()) {
            var watch = new ArchiveWatch(postgres.database()).start();
            SpringApplication.getShutdownHandlers().add(watch::close);
        }
        var application = new SpringApplication(StandaloneConfiguration.class);
        var properties = properties(options, postgres);
        if (first && options.demo()) {
            var stage = StagedClock.make(postgres.database());
            properties.put("meals.command.datasource.url", StagedClock.url(postgres.database()));
            application.addInitializers(context -> context.getBeanFactory().registerSingleton("stagedClock", stage));
        }
        application.addInitializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("standalone", properties)));
        try {
            application.run();
        } catch (RuntimeException failedToStart) {
            postgres.close();
            throw failedToStart;
        }
    }

    private static Map<String, Object> properties(Options options, EmbeddedPostgres postgres) {
        var database = postgres.database();
        var masterKey = SecretFile.readOrCreateKey(options.dataDir().resolve("master.key"), KEY_BYTES);
        var properties = new HashMap<String, Object>();
        properties.put("server.port", options.port());
        properties.put("server.address", options.address());
        properties.put("meals.standalone.data-dir", options.dataDir().toString());
        properties.put("meals.standalone.demo", options.demo());
        properties.put("meals.command.master-key", Base64.getEncoder().encodeToString(masterKey));
        properties.put(
                "meals.command.sealing.folder",
                options.dataDir().resolve("checkpoints").toString());
        connect(properties, "meals.command.datasource", database.url(), Role.COMMAND, database.password(Role.COMMAND));
        connect(properties, "meals.query.datasource", database.url(), Role.QUERY, database.password(Role.QUERY));
        for (var side : List.of("command", "query")) {
            connect(
                    properties,
                    "meals.%s.migration".formatted(side),
                    database.url(),
                    Role.MIGRATOR,
                    database.password(Role.MIGRATOR));
        }
        return properties;
    }

    private static void connect(Map<String, Object> properties, String prefix, String url, Role role, String password) {
        properties.put(prefix + ".url", url);
        properties.put(prefix + ".username", role.roleName());
        properties.put(prefix + ".password", password);
    }
}
