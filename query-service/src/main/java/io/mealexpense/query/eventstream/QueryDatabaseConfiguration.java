package io.mealexpense.query.eventstream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The read side's pools and its migrations. No bean here is a default candidate: in a process that runs both sides,
 * the other side's data source stays the only one that is found by type.
 */
@Configuration
@EnableConfigurationProperties(QueryProperties.class)
class QueryDatabaseConfiguration {

    static final String SCHEMA = "read_model";

    /** The lock of rebuilds, the live tokens that are held, and the two snapshots that copies are compared in. */
    private static final int REBUILD_SESSIONS = 4;

    @Bean(destroyMethod = "close", defaultCandidate = false)
    HikariDataSource queryDataSource(QueryProperties properties) {
        if (properties.migration().enabled()) {
            migrate(properties.migration());
        }
        var pool = pool("query", properties.datasource());
        pool.addDataSourceProperty("currentSchema", SCHEMA);
        return new HikariDataSource(pool);
    }

    /** Sessions that hold something up take none of the connections that those need who wait for it. */
    @Bean(destroyMethod = "close", defaultCandidate = false)
    HikariDataSource queryRebuildDataSource(QueryProperties properties) {
        var pool = pool("query-rebuild", properties.datasource());
        pool.addDataSourceProperty("currentSchema", SCHEMA);
        pool.setMaximumPoolSize(REBUILD_SESSIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(60_000);
        // the lock of a machine that is gone without a word is free within half a minute, instead of hours
        pool.setConnectionInitSql(
                "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5;" + " SET tcp_keepalives_count = 3");
        return new HikariDataSource(pool);
    }

    @Bean(destroyMethod = "close", defaultCandidate = false)
    HikariDataSource queryLogDataSource(QueryProperties properties) {
        var pool = pool("query-log", properties.logDatasource());
        pool.setReadOnly(true);
        return new HikariDataSource(pool);
    }

    @Bean(defaultCandidate = false)
    PlatformTransactionManager queryTransactionManager(@Qualifier("queryDataSource") DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean(defaultCandidate = false)
    JdbcClient queryJdbcClient(@Qualifier("queryDataSource") DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean(defaultCandidate = false)
    JdbcClient queryLogJdbcClient(@Qualifier("queryLogDataSource") DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    private static HikariConfig pool(String name, QueryProperties.DataSourceProperties properties) {
        var pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(properties.url());
        pool.setUsername(properties.username());
        pool.setPassword(properties.password());
        pool.setMaximumPoolSize(properties.poolSize());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(5_000);
        // the log may not be there yet: its readers try again
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "meals-" + name);
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("socketTimeout", "90");
        // what people wrote must not end in logs and in the error of a projection
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return pool;
    }

    static void migrate(QueryProperties.MigrationProperties migration) {
        Flyway.configure()
                .dataSource(migration.url(), migration.username(), migration.password())
                .initSql("SET ROLE \"%s\"".formatted(migration.ownerRole()))
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:db/migration/readmodel")
                .failOnMissingLocations(true)
                .connectRetries(10)
                .connectRetriesInterval(2)
                .placeholders(Map.of("queryRole", migration.queryRole(), "auditorRole", migration.auditorRole()))
                .load()
                .migrate();
    }
}
