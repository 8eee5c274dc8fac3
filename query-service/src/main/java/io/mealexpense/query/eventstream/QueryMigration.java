package io.mealexpense.query.eventstream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The migrations of the read side as a step of a deployment: a program that brings the schema up to date and ends.
 * It opens no port, follows nothing, and needs the migrator's login only. No component, so the service never has it.
 */
@EnableConfigurationProperties(QueryProperties.class)
public final class QueryMigration {

    /** What the program is told, to migrate and end; then it does not matter whether it would at start. */
    public static final String ARGUMENT = "--migrate";

    private static final Logger log = LoggerFactory.getLogger(QueryMigration.class);

    /** Throws what kept the schema from being brought up to date, after telling it. */
    public static void run(String... args) {
        try (var settings = new SpringApplicationBuilder(QueryMigration.class)
                .web(WebApplicationType.NONE)
                .run(args)) {
            migrate(settings.getBean(QueryProperties.class).migration());
        }
    }

    private static void migrate(QueryProperties.MigrationProperties migration) {
        try {
            QueryDatabaseConfiguration.migrate(migration);
        } catch (RuntimeException failed) {
            log.error("The schema of the read side could not be migrated", failed);
            throw failed;
        }
        log.info("The schema of the read side is up to date");
    }
}
