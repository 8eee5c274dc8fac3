package io.mealexpense.command.eventstore;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A log of its own for each test, with the grants of the real one. */
public final class LogDatabase {

    private LogDatabase() {}

    public static Database create() {
        return SharedPostgres.database("event-log", LogDatabase::migrate);
    }

    public static DataSource as(Role role, Database database) {
        return new DriverManagerDataSource(database.url(), database.username(role), database.password(role));
    }

    /** One that asks connections, and looks at nothing by itself. */
    static LogGate gate(DataSource dataSource) {
        return new LogGate(dataSource, () -> {});
    }

    private static void migrate(Database database) {
        var migration = new CommandDatabaseProperties.MigrationProperties(
                true,
                database.url(),
                database.username(Role.MIGRATOR),
                database.password(Role.MIGRATOR),
                "meals_owner",
                "meals_command",
                "meals_query",
                "meals_auditor");
        CommandDatabaseConfiguration.migrate(migration, "event_store", "classpath:db/migration/log");
        CommandDatabaseConfiguration.migrate(migration, "seal", "classpath:db/migration/seal");
    }
}
