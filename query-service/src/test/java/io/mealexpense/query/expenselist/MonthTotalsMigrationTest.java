package io.mealexpense.query.expenselist;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import io.mealexpense.query.eventstream.ReadSide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MonthTotalsMigrationTest {

    private static final String ANNA = "00000000-0000-4000-8000-00000000000a";
    private static final String BOB = "00000000-0000-4000-8000-00000000000b";

    private static final String DAYS = """
            INSERT INTO %%s.%%s (owner_id, spent_on, category_id, meal_type, currency, amount, count) VALUES
                ('%1$s', '2026-03-01', NULL, 'lunch', 'EUR', 10.5, 1),
                ('%1$s', '2026-03-31', '%2$s', 'dinner', 'EUR', 2.25, 3),
                ('%1$s', '2026-03-15', NULL, 'lunch', 'JPY', 4200, 1),
                ('%1$s', '2026-04-01', NULL, 'lunch', 'EUR', -1, 1),
                ('%2$s', '2026-03-01', NULL, 'lunch', 'EUR', 7, 1)
            """.formatted(ANNA, BOB);

    private static final List<String> MONTHS = List.of(
            ANNA + " 2026-03-01 EUR 12.75 4",
            ANNA + " 2026-03-01 JPY 4200 1",
            ANNA + " 2026-04-01 EUR -1 1",
            BOB + " 2026-03-01 EUR 7 1");

    private static void sql(Database database, Role role, String... statements) throws SQLException {
        try (var connection = database.connect(role);
                var it = connection.createStatement()) {
            for (var statement : statements) {
                it.execute(statement);
            }
        }
    }

    private static List<String> months(Database database, String table) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var it = connection.createStatement();
                var rows = it.executeQuery("SELECT concat_ws(' ', owner_id, month, currency, amount, count) FROM "
                        + table + " ORDER BY 1")) {
            var months = new ArrayList<String>();
            while (rows.next()) {
                months.add(rows.getString(1));
            }
            return months;
        }
    }

    @Test
    void lists_that_are_there_get_their_months_in_every_generation_and_copies_on_the_way_too() throws SQLException {
        var database = SharedPostgres.database(
                "before-months", fresh -> ReadSide.readModels(fresh, "9").migrate());
        sql(
                database,
                Role.QUERY,
                "SELECT read_model.create_generation(1, ARRAY['expense_list_item'], ARRAY['expense_list_total'])",
                "SELECT read_model.create_generation(2, ARRAY['expense_list_item'], ARRAY['expense_list_total'])",
                "SELECT read_model.index_generation(1, 'expense_list_total')",
                DAYS.formatted("read_model", "expense_list_total"),
                DAYS.formatted("read_model_1", "expense_list_total"),
                DAYS.formatted("read_model_2", "expense_list_total_partial"));

        ReadSide.readModels(database, "latest").migrate();

        assertThat(months(database, "read_model.expense_list_month_total")).isEqualTo(MONTHS);
        assertThat(months(database, "read_model_1.expense_list_month_total")).isEqualTo(MONTHS);
        assertThat(months(database, "read_model_2.expense_list_month_total")).isEmpty();
        assertThat(months(database, "read_model_2.expense_list_month_total_partial"))
                .isEqualTo(MONTHS);
        sql(database, Role.QUERY, """
                INSERT INTO read_model_1.expense_list_month_total VALUES ('%s', '2026-04-01', 'EUR', 1, 1)
                    ON CONFLICT (owner_id, month, currency) DO UPDATE SET count = 2
                """.formatted(ANNA));
        assertThat(months(database, "read_model_1.expense_list_month_total")).contains(ANNA + " 2026-04-01 EUR -1 2");
    }
}
