package io.mealexpense.query.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimultaneousStartTest {

    /** The other side is in the middle of making the schema that both make. */
    @Test
    void what_both_sides_make_is_made_by_one_while_the_other_waits() throws Exception {
        var database = SharedPostgres.database("first-start", fresh -> {});
        try (var other = database.connect(Role.MIGRATOR)) {
            other.setAutoCommit(false);
            execute(other, "SET ROLE meals_owner");
            execute(other, "SELECT pg_advisory_xact_lock(hashtextextended('audit', 0))");
            execute(other, "CREATE SCHEMA audit");
            var ours =
                    CompletableFuture.runAsync(() -> QueryDatabaseConfiguration.migrate(ReadSide.migration(database)));
            await().atMost(Duration.ofMinutes(1)).until(() -> isWaitedFor(other));
            assertThat(ours).isNotDone();
            other.commit();
            assertThatCode(() -> ours.get(1, TimeUnit.MINUTES)).doesNotThrowAnyException();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isWaitedFor(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d"
                        + " ON d.oid = l.database AND d.datname = current_database()"
                        + " WHERE l.locktype = 'advisory' AND NOT l.granted)")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
