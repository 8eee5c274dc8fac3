package io.mealexpense.query.eventstream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.ProjectionProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** For tests: a log and read models on a database of their own, and batches delivered by hand instead of by Axon. */
public final class ReadSide implements AutoCloseable {

    private static final String INSTANCE = "test";

    public final Database database;
    public final TestLog log;
    public final HikariDataSource dataSource;
    public final JdbcClient jdbc;
    public final ConsistentReads reads;
    final ProjectionProgress progress = new ProjectionProgress();
    final ProjectionTokenStore tokens;
    final LogSource source;
    final LogHead head;
    final SpringTransactionManager transactions;
    final JdbcTransactionManager transactionManager;

    private ReadSide(Database database) {
        this.database = database;
        log = TestLog.of(database);
        dataSource = pool(database);
        jdbc = JdbcClient.create(dataSource);
        transactionManager = new JdbcTransactionManager(dataSource);
        transactions = new SpringTransactionManager(transactionManager);
        reads = reads(new NoPast());
        head = new LogHead(connection(database), Duration.ofMillis(50));
        source = source(1_000);
        tokens = new ProjectionTokenStore(jdbc, source, progress, INSTANCE, Duration.ofSeconds(4), FirstCopies.NONE);
    }

    /** Reads that tell the past from this. */
    public ConsistentReads reads(Past past) {
        return new ConsistentReads(jdbc, transactionManager, progress, past, Duration.ofMillis(300));
    }

    /** For read models that are asked about the present only. */
    private static final class NoPast implements Past {

        @Override
        public String projection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AsOf at(Instant moment, String parameter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String expenses(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String dayTotals(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String monthTotals(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String everybodysMonthTotals(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String categories(long position) {
            throw new UnsupportedOperationException();
        }
    }

    public static ReadSide open() {
        return new ReadSide(migrated());
    }

    /** An empty log and empty read models. */
    public static Database migrated() {
        return SharedPostgres.database("query-side", fresh -> {
            migrate(fresh, "event_store", "log");
            migrate(fresh, "seal", "seal");
            QueryDatabaseConfiguration.migrate(migration(fresh));
        });
    }

    /** Migrations of the read models up to one of them, or {@code latest}. */
    public static Flyway readModels(Database database, String version) {
        return Flyway.configure()
                .dataSource(database.url(), database.username(Role.MIGRATOR), database.password(Role.MIGRATOR))
                .initSql("SET ROLE meals_owner")
                .schemas(QueryDatabaseConfiguration.SCHEMA)
                .defaultSchema(QueryDatabaseConfiguration.SCHEMA)
                .locations("classpath:db/migration/readmodel")
                .placeholders(Map.of("queryRole", "meals_query", "auditorRole", "meals_auditor"))
                .target(version)
                .load();
    }

    static QueryProperties.MigrationProperties migration(Database fresh) {
        return new QueryProperties.MigrationProperties(
                true,
                fresh.url(),
                fresh.username(Role.MIGRATOR),
                fresh.password(Role.MIGRATOR),
                "meals_owner",
                "meals_query",
                "meals_auditor");
    }

    /** What the write side does at its start. */
    private static void migrate(Database fresh, String schema, String migrations) {
        Flyway.configure()
                .dataSource(fresh.url(), fresh.username(Role.MIGRATOR), fresh.password(Role.MIGRATOR))
                .initSql("SET ROLE meals_owner")
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:db/migration/" + migrations)
                .placeholders(Map.of(
                        "commandRole", "meals_command",
                        "queryRole", "meals_query",
                        "auditorRole", "meals_auditor"))
                .load()
                .migrate();
    }

    static QueryProperties.DataSourceProperties connection(Database database) {
        return new QueryProperties.DataSourceProperties(
                database.url(), database.username(Role.QUERY), database.password(Role.QUERY), 4);
    }

    /** The configuration of a service on this database. */
    public static Map<String, String> properties(Database database) {
        return Map.of(
                "meals.query.datasource.url", database.url(),
                "meals.query.datasource.username", database.username(Role.QUERY),
                "meals.query.datasource.password", database.password(Role.QUERY));
    }

    private static HikariDataSource pool(Database database) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username(Role.QUERY));
        pool.setPassword(database.password(Role.QUERY));
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(1);
        pool.addDataSourceProperty("currentSchema", QueryDatabaseConfiguration.SCHEMA);
        return new HikariDataSource(pool);
    }

    public LogSource source(int fetchSize) {
        return new LogSource(jdbc, head, fetchSize);
    }

    /** Projects what the log holds and the projection has not seen. */
    public void project(Projection... projections) {
        for (var projection : projections) {
            project(projection, batch -> batch);
        }
    }

    /** The same in batches of the sizes that {@code size} makes of what is left. */
    public void project(Projection projection, Function<Integer, Integer> size) {
        tokens.initializeTokenSegments(projection.group(), 1);
        while (true) {
            var news = after(tokens.fetchToken(projection.group(), 0).position().orElseThrow());
            if (news.isEmpty()) {
                return;
            }
            deliver(projection, news.subList(0, Math.clamp(size.apply(news.size()), 1, news.size())));
        }
    }

    /** Delivers once more what is there already, as one batch. */
    public void projectAgain(Projection projection, long after) {
        deliver(projection, after(after));
    }

    private List<TrackedEventMessage<?>> after(long position) {
        var news = new ArrayList<TrackedEventMessage<?>>();
        source.after(position).forEach(stored -> news.add(source.read(stored)));
        return news;
    }

    private void deliver(Projection projection, List<TrackedEventMessage<?>> batch) {
        deliver(projector(projection), batch);
    }

    private void deliver(Projector projector, List<TrackedEventMessage<?>> batch) {
        var projection = projector.projection().group();
        new TransactionTemplate(transactionManager).executeWithoutResult(status -> {
            tokens.storeToken(batch.getLast().trackingToken(), projection, 0);
            projector.project(tokens.enter(projection), batch);
        });
    }

    /** The same as a processor does it: a batch that an event spoils is delivered once more. */
    public void project(Projector projector, int size) {
        var projection = projector.projection().group();
        tokens.initializeTokenSegments(projection, 1);
        for (var retried = false; ; ) {
            var news = after(tokens.fetchToken(projection, 0).position().orElseThrow());
            if (news.isEmpty()) {
                return;
            }
            try {
                deliver(projector, news.subList(0, Math.min(size, news.size())));
                retried = false;
            } catch (RuntimeException spoiled) {
                if (retried || !projector.isCareful()) {
                    throw spoiled;
                }
                retried = true;
            }
        }
    }

    public Projector projector(Projection projection) {
        return new Projector(projection, source, new DeadLetters(jdbc), transactionManager);
    }

    @Override
    public void close() throws InterruptedException {
        head.close();
        dataSource.close();
    }
}
