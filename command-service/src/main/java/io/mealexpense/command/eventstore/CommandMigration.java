package io.mealexpense.command.eventstore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The migrations of the write side as a step of a deployment: a program that brings the schemas up to date and ends.
 * It opens no port, follows nothing, and needs the migrator's login only. No component, so the service never has it.
 */
@EnableConfigurationProperties(CommandDatabaseProperties.class)
public final class CommandMigration {

    /** What the program is told, to migrate and end; then it does not matter whether it would at start. */
    public static final String ARGUMENT = "--migrate";

    private static final Logger log = LoggerFactory.getLogger(CommandMigration.class);

    /** Throws what kept the schemas from being brought up to date, after telling it. */
    public static void run(String... args) {
        try (var settings = new SpringApplicationBuilder(CommandMigration.class)
                .web(WebApplicationType.NONE)
                .run(args)) {
            migrate(settings.getBean(CommandDatabaseProperties.class).migration());
        }
    }

    private static void migrate(CommandDatabaseProperties.MigrationProperties migration) {
        try {
            CommandDatabaseConfiguration.migrate(migration);
        } catch (RuntimeException failed) {
            log.error("The schemas of the write side could not be migrated", failed);
            throw failed;
        }
        log.info("The schemas of the write side are up to date");
    }
}
