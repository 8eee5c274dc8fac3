package io.mealexpense.query.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import io.mealexpense.query.eventstream.ReadSide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Copies of running totals that a release from before V029 writes to, whatever state V030 found them in. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverallTotalsMigrationTest {

    private static final String LIVE = "read_model";
    private static final String ONE = "read_model_1";
    private static final String TWO = "read_model_2";

    private final Database database = SharedPostgres.database(
            "before-neighbours", fresh -> ReadSide.readModels(fresh, "29").migrate());

    private void sql(String statement) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var it = connection.createStatement()) {
            it.execute(statement);
        }
    }

    private void create(int generation) throws SQLException {
        sql("SELECT read_model.create_generation(%d, '{expense_version}', '{expense_version_month_total}')"
                .formatted(generation));
    }

    private static String index(int generation) {
        return "SELECT read_model.index_generation(%d, 'expense_version_month_total')".formatted(generation);
    }

    /** As a release does that has the columns. */
    private void whole(String schema, int position) throws SQLException {
        sql("""
                INSERT INTO %1$s.expense_version_month_total (owner_id, month, currency, position, amount, count, is_first,
                            overall_amount, overall_count)
                VALUES ('00000000-0000-4000-8000-00000000000a', '2026-03-01', 'EUR', %2$d, 1, 1, false, 1, 1)
                """.formatted(schema, position));
    }

    /** As one does that has not. */
    private void partial(String schema, int position) throws SQLException {
        sql("""
                INSERT INTO %1$s.expense_version_month_total (owner_id, month, currency, position, amount, count, is_first)
                VALUES ('00000000-0000-4000-8000-00000000000a', '2026-03-01', 'EUR', %2$d, 1, 1, false)
                """.formatted(schema, position));
    }

    /** Positions at which it is known what all owners came to. */
    private List<Integer> known(String schema) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var it = connection.createStatement();
                var rows = it.executeQuery("SELECT position FROM " + schema + ".expense_version_month_total"
                        + " WHERE overall_amount IS NOT NULL AND overall_count IS NOT NULL ORDER BY position")) {
            var known = new ArrayList<Integer>();
            while (rows.next()) {
                known.add(rows.getInt(1));
            }
            return known;
        }
    }

    private void requireForgetful(String schema) throws SQLException {
        whole(schema, 101);
        whole(schema, 103);
        assertThat(known(schema)).as(schema).contains(101, 103);
        partial(schema, 102);
        assertThat(known(schema)).as(schema).contains(101).doesNotContain(102, 103);
    }

    @BeforeEach
    void copies() throws SQLException {
        create(1);
        sql(index(1));
        create(2);
    }

    @Test
    void the_live_copy_and_one_that_has_its_indexes_are_ready_at_once() throws SQLException {
        ReadSide.readModels(database, "latest").migrate();
        requireForgetful(LIVE);
        requireForgetful(ONE);
    }

    @Test
    void one_that_is_being_filled_is_ready_with_its_indexes() throws SQLException {
        ReadSide.readModels(database, "latest").migrate();
        create(3);
        for (var generation : List.of(2, 3)) {
            var schema = "read_model_" + generation;
            whole(schema, 3);
            partial(schema, 2);
            assertThat(known(schema)).as("summed up in any order").containsExactly(3);
            sql(index(generation));
            requireForgetful(schema);
            sql(index(generation)); // again, as after a restart: there is nothing to do
        }
    }

    @Test
    void one_that_gets_its_indexes_meanwhile_is_ready_too() throws Exception {
        try (var rebuild = database.connect(Role.QUERY);
                var statement = rebuild.createStatement()) {
            rebuild.setAutoCommit(false);
            statement.execute(index(2));
            var migration = CompletableFuture.runAsync(
                    () -> ReadSide.readModels(database, "latest").migrate());
            await().until(() -> isAwaited(TWO) || migration.isDone());
            assertThat(migration).isNotDone();
            rebuild.commit();
            migration.join();
        }
        requireForgetful(TWO);
    }

    private boolean isAwaited(String schema) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var it = connection.createStatement();
                var row = it.executeQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = '"
                        + schema + ".expense_version_month_total'::regclass)")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Test
    void what_stood_behind_an_earlier_releases_row_is_not_believed_any_more() throws SQLException {
        whole(LIVE, 1);
        whole(LIVE, 3);
        whole(ONE, 1);
        partial(ONE, 2);
        whole(ONE, 3);
        ReadSide.readModels(database, "latest").migrate();
        assertThat(known(LIVE)).containsExactly(1, 3);
        assertThat(known(ONE)).containsExactly(1);
    }
}
