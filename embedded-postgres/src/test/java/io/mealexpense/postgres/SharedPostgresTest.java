package io.mealexpense.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedPostgresTest {

    @Test
    void databases_share_a_server_and_nothing_else() throws SQLException {
        var one = SharedPostgres.database();
        var other = SharedPostgres.database();
        execute(one, "CREATE TABLE meal (name text)");
        execute(other, "CREATE TABLE meal (name text)");
        assertThat(one.port()).isEqualTo(other.port());
        assertThat(one.name()).isNotEqualTo(other.name());
    }

    @Test
    void what_every_test_needs_is_prepared_once() throws SQLException {
        var prepared = new AtomicInteger();
        for (var time = 0; time < 3; time++) {
            var database = SharedPostgres.database("with a meal", empty -> {
                prepared.incrementAndGet();
                execute(empty, "CREATE TABLE meal (name text)");
                execute(empty, "GRANT SELECT ON meal TO meals_query");
                execute(empty, "INSERT INTO meal VALUES ('lunch')");
            });
            try (var connection = database.connect(Role.QUERY);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT name FROM meal")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("lunch");
            }
        }
        assertThat(prepared).hasValue(1);
    }

    private static void execute(Database database, String sql) {
        try (var connection = database.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
