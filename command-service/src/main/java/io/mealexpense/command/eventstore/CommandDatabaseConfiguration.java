package io.mealexpense.command.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The write side's connection pool and the migrations of its three schemas, each with a history of its own. */
@Configuration
@EnableConfigurationProperties(CommandDatabaseProperties.class)
class CommandDatabaseConfiguration {

    /**
     * Milliseconds; nothing the write side asks takes long, so what does is stuck. Its few statements are planned once
     * per connection: a small append would otherwise be planned anew every time, which costs more than the append.
     * From PostgreSQL 17 on there is a limit for whole transactions, the only one that also runs while the server waits
     * for the rest of what a client sends.
     */
    private static final String SESSION = """
            SET statement_timeout = 15000;
            SET lock_timeout = 5000;
            SET idle_in_transaction_session_timeout = 10000;
            SET plan_cache_mode = force_generic_plan;
            SELECT set_config(name, '20000', false) FROM pg_settings WHERE name = 'transaction_timeout'
            """;

    @Bean(destroyMethod = "close")
    HikariDataSource commandDataSource(CommandDatabaseProperties properties) {
        if (properties.migration().enabled()) {
            migrate(properties.migration());
        }
        var pool = new HikariConfig();
        pool.setPoolName("command");
        pool.setJdbcUrl(properties.datasource().url());
        pool.setUsername(properties.datasource().username());
        pool.setPassword(properties.datasource().password());
        pool.setMaximumPoolSize(properties.datasource().poolSize());
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(5_000);
        pool.setConnectionInitSql(SESSION);
        pool.addDataSourceProperty("ApplicationName", "meals-command");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("socketTimeout", "20");
        return new HikariDataSource(pool);
    }

    /**
     * Opens sessions of the sealer's own: it waits for nobody's connection and takes none from an append.
     *
     * @param migrated comes first, because its making brings the schema up to date
     */
    @Bean(defaultCandidate = false)
    DataSource sealingDataSource(
            CommandDatabaseProperties properties, @Qualifier("commandDataSource") DataSource migrated) {
        var sessions = new DriverManagerDataSource(
                properties.datasource().url(),
                properties.datasource().username(),
                properties.datasource().password());
        var driver = new Properties();
        driver.setProperty("ApplicationName", "meals-sealing");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("connectTimeout", "5");
        driver.setProperty("socketTimeout", "20");
        sessions.setConnectionProperties(driver);
        return sessions;
    }

    static void migrate(CommandDatabaseProperties.MigrationProperties migration) {
        migrate(migration, "event_store", "classpath:db/migration/log");
        migrate(migration, "seal", "classpath:db/migration/seal");
        migrate(migration, "account", "classpath:db/migration/account");
    }

    static void migrate(CommandDatabaseProperties.MigrationProperties migration, String schema, String location) {
        Flyway.configure()
                .dataSource(migration.url(), migration.username(), migration.password())
                .initSql("SET ROLE \"%s\"".formatted(migration.ownerRole()))
                .schemas(schema)
                .defaultSchema(schema)
                .locations(location)
                .failOnMissingLocations(true)
                .connectRetries(10)
                .connectRetriesInterval(2)
                .placeholders(Map.of(
                        "commandRole", migration.commandRole(),
                        "queryRole", migration.queryRole(),
                        "auditorRole", migration.auditorRole()))
                .load()
                .migrate();
    }
}
