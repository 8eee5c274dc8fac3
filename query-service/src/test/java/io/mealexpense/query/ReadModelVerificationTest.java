package io.mealexpense.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.sealedlog.TestSeal;
import io.mealexpense.query.versions.EarlierRelease;
import io.mealexpense.verify.AuditVerify;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program that verifies the log compares the real projections' tables with its own fold, and names what somebody
 * planted there. The history is random; its seed is printed and can be given with {@code -Dseed}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadModelVerificationTest {

    private static final int EVENTS = 600;
    private static final List<UUID> OWNERS = List.of(UUID.randomUUID(), UUID.randomUUID());

    @TempDir
    private static Path folder;

    private static ReadSide readSide;
    private static Path passwordFile;

    @BeforeAll
    static void project() throws IOException {
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ReadModelVerificationTest: repeat with -Dseed=" + seed);
        readSide = ReadSide.open();
        readSide.log.append(history(new Random(seed)));
        TestSeal.of(readSide.database).seal();
        for (var projection : ReadModelFoldTest.projections(readSide.jdbc)) {
            readSide.project(projection);
        }
        passwordFile = Files.writeString(folder.resolve("password"), readSide.database.password(Role.AUDITOR));
    }

    @AfterAll
    static void close() throws InterruptedException {
        readSide.close();
    }

    // --- a history with everything in it ----------------------------------------------------------------------------

    private static final class Expense {
        private final UUID id = UUID.randomUUID();
        private final UUID owner;
        private boolean deleted;

        Expense(UUID owner) {
            this.owner = owner;
        }
    }

    private static List<StoredEvent> history(Random random) {
        var history = new ArrayList<StoredEvent>();
        var categories = new ArrayList<UUID>();
        for (var i = 0; i < 6; i++) {
            categories.add(UUID.randomUUID());
            history.add(new CategoryCreated(categories.get(i), OWNERS.get(i % 2), "Lunches " + i, "#C2410C", "soup"));
        }
        history.add(
                new CategoryAmended(categories.get(0), OWNERS.get(0), "Brunches \"à la carte\"", "#0E7490", "glass"));
        history.add(new CategoryArchived(categories.get(0), OWNERS.get(0)));
        history.add(new CategoryAmended(categories.get(0), OWNERS.get(0), "Late brunches", "#0E7490", "glass"));
        var expenses = new ArrayList<Expense>();
        while (history.size() < EVENTS) {
            var expense = expenses.isEmpty() || random.nextInt(3) == 0
                    ? new Expense(OWNERS.get(random.nextInt(2)))
                    : expenses.get(random.nextInt(expenses.size()));
            if (!expenses.contains(expense)) {
                expenses.add(expense);
                history.add(recorded(expense, categories, random));
            } else if (expense.deleted) {
                expense.deleted = false;
                history.add(new MealExpenseRestored(expense.id, expense.owner, null));
            } else if (random.nextInt(4) == 0) {
                expense.deleted = true;
                history.add(new MealExpenseDeleted(expense.id, expense.owner, "no longer"));
            } else {
                history.add(amended(expense, categories, random));
            }
        }
        return history;
    }

    private static MealExpenseRecorded recorded(Expense expense, List<UUID> categories, Random random) {
        var content = amended(expense, categories, random);
        return new MealExpenseRecorded(
                content.mealExpenseId(),
                content.ownerId(),
                null,
                content.spentOn(),
                content.spentAt(),
                content.zone(),
                content.amount(),
                content.currency(),
                content.tax(),
                content.tip(),
                content.mealType(),
                content.orderType(),
                content.partySize(),
                content.categoryId(),
                content.restaurantId(),
                content.place(),
                content.tags(),
                content.purpose(),
                content.attendees(),
                content.notes());
    }

    private static MealExpenseAmended amended(Expense expense, List<UUID> categories, Random random) {
        var currency = List.of("EUR", "USD", "JPY").get(random.nextInt(3));
        var digits = currency.equals("JPY") ? 0 : 2;
        return new MealExpenseAmended(
                expense.id,
                expense.owner,
                LocalDate.of(2026, 1, 1).plusDays(random.nextInt(90)),
                maybe(LocalTime.of(random.nextInt(24), random.nextInt(60)), random),
                maybe("Europe/Berlin", random),
                BigDecimal.valueOf(random.nextInt(20_000) - 4_000L, digits),
                currency,
                maybe(BigDecimal.valueOf(random.nextInt(300), digits), random),
                maybe(BigDecimal.valueOf(random.nextInt(300), digits), random),
                List.of("lunch", "dinner", "late-night").get(random.nextInt(3)),
                maybe("dine-in", random),
                maybe(1 + random.nextInt(5), random),
                maybe(categories.get(random.nextInt(categories.size())), random),
                maybe(new UUID(7, random.nextInt(3)), random),
                maybe("Café Zoë, Straße 7", random),
                random.nextBoolean() ? List.of() : List.of("a,b", "\"c\" {d}", "e\\f"),
                maybe("Quarterly\nplanning", random),
                random.nextBoolean() ? List.of() : List.of("Bob", "NULL", ""),
                maybe("Window table 🍔", random),
                "because");
    }

    private static <T> @Nullable T maybe(T value, Random random) {
        return random.nextBoolean() ? value : null;
    }

    // --- asking the program -----------------------------------------------------------------------------------------

    private record Verdict(int exitCode, String said) {

        void isEqual() {
            assertThat(said).contains("Clean", "Equal").doesNotContain("VIOLATION");
            assertThat(exitCode).isZero();
        }

        void firstIs(String first) {
            assertThat(exitCode).as(said).isEqualTo(1);
            assertThat(said).contains("; the first: " + first).contains("Clean");
        }
    }

    private static Verdict verify() {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var exitCode = new AuditVerify(stream, stream)
                .run(
                        "--url",
                        readSide.database.url(),
                        "--password-file",
                        passwordFile.toString(),
                        "--without-published",
                        "--key",
                        TestSeal.of(readSide.database).key().toString(),
                        "--read-models");
        return new Verdict(exitCode, said.toString(StandardCharsets.UTF_8));
    }

    /** Runs a statement, asks the program, and takes the statement back by another one. */
    private static Verdict verifyAfter(String planted, String back) {
        assertThat(readSide.jdbc.sql(planted).update()).as(planted).isPositive();
        try {
            return verify();
        } finally {
            readSide.jdbc.sql(back).update();
        }
    }

    private static String one(String sql) {
        return readSide.jdbc.sql(sql).query(String.class).single();
    }

    // --- what is equal ----------------------------------------------------------------------------------------------

    @Test
    void what_the_projections_made_is_equal_to_the_fold() {
        var verdict = verify();
        verdict.isEqual();
        assertThat(verdict.said()).contains("expense-list at position 600", "categories at position 600");
    }

    @Test
    void each_read_model_is_compared_where_its_token_is() throws Exception {
        try (var late = ReadSide.open()) {
            var history = history(new Random(7));
            var projections = ReadModelFoldTest.projections(late.jdbc);
            var upTo = 0;
            for (var projection : projections) {
                var next = Math.min(history.size(), upTo + 90);
                late.log.append(history.subList(upTo, next));
                upTo = next;
                late.project(projection);
            }
            late.log.append(history.subList(upTo, history.size()));
            TestSeal.of(late.database).seal();
            var before = readSide;
            try {
                readSide = late;
                verify().isEqual();
            } finally {
                readSide = before;
            }
        }
    }

    /** As during an upgrade: both take what is new and dead letters, in turns. */
    @Test
    void what_this_release_and_an_earlier_one_made_together_is_equal_to_the_fold() throws Exception {
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ReadModelVerificationTest, two releases: repeat with -Dseed=" + seed);
        var random = new Random(seed);
        try (var shared = ReadSide.open()) {
            var projections = ReadModelFoldTest.projections(shared.jdbc);
            var ours = projections.stream()
                    .filter(it -> it.group().equals("expense-versions"))
                    .findFirst()
                    .orElseThrow();
            var earlier = new EarlierRelease(shared.jdbc);
            Runnable either = () -> {
                if (random.nextBoolean()) {
                    earlier.project(shared);
                } else {
                    shared.project(shared.projector(ours), 1_000);
                }
            };
            var history = history(random);
            for (var from = 0; from < history.size(); ) {
                var to = Math.min(history.size(), from + 1 + random.nextInt(20));
                history.subList(from, to).stream()
                        .filter(MealExpenseRecorded.class::isInstance)
                        .map(MealExpenseRecorded.class::cast)
                        .filter(recorded -> random.nextInt(8) == 0)
                        .forEach(recorded -> earlier.refused.add(recorded.mealExpenseId()));
                shared.log.append(history.subList(from, to));
                either.run();
                from = to;
                var again = earlier.refused.stream()
                        .sorted()
                        .filter(expense -> random.nextInt(8) == 0)
                        .toList();
                takeAgain(shared, earlier, again, either);
            }
            takeAgain(shared, earlier, List.copyOf(earlier.refused), either);
            for (var projection : projections) {
                shared.project(projection);
            }
            TestSeal.of(shared.database).seal();
            var before = readSide;
            try {
                readSide = shared;
                assertThat(one("SELECT count(DISTINCT overall_amount IS NULL) FROM expense_version_month_total"))
                        .isEqualTo("2");
                verify().isEqual();
            } finally {
                readSide = before;
            }
        }
    }

    private static void takeAgain(ReadSide shared, EarlierRelease earlier, List<UUID> expenses, Runnable project) {
        for (var expense : expenses) {
            earlier.refused.remove(expense);
            shared.log.append(new DeadLetterRetried(UUID.randomUUID(), earlier.group(), expense, "Mended"));
            project.run();
        }
    }

    @Test
    void what_is_put_aside_is_not_compared_and_said_to_be() {
        var expense = one("SELECT expense_id FROM monthly_report_line LIMIT 1");
        readSide.jdbc.sql("""
                        INSERT INTO dead_letter (projection, generation, position, aggregate_type, aggregate_id, sequence,
                            event, recorded_at, error)
                        VALUES ('monthly-report', 0, 1, 'MealExpense', ?::uuid, 0, 'MealExpenseRecorded', now(), '')
                        """).param(expense).update();
        try {
            var verdict = verifyAfter(
                    "UPDATE monthly_report_line SET sequence = sequence + 100 WHERE expense_id = '%s'"
                            .formatted(expense),
                    "UPDATE monthly_report_line SET sequence = sequence - 100 WHERE expense_id = '%s'"
                            .formatted(expense));
            verdict.isEqual();
            assertThat(verdict.said()).contains("1 expenses or categories are not compared in monthly-report");
        } finally {
            readSide.jdbc.sql("DELETE FROM dead_letter").update();
        }
    }

    /** Only what is live is compared, and a swap is enough to let auditors read it. */
    @Test
    void a_copy_that_was_swapped_in_is_the_one_that_is_compared() throws SQLException {
        try (var owner = readSide.database.connect(Role.MIGRATOR);
                var statement = owner.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("CREATE SCHEMA read_model_9");
            statement.execute("GRANT USAGE ON SCHEMA read_model_9 TO meals_query");
            for (var table : List.of("monthly_report_line", "monthly_report_total")) {
                statement.execute("CREATE TABLE read_model_9.%1$s AS SELECT * FROM read_model.%1$s".formatted(table));
                statement.execute("GRANT SELECT, UPDATE ON read_model_9.%s TO meals_query".formatted(table));
            }
            var expense = one("SELECT expense_id FROM monthly_report_line ORDER BY 1 LIMIT 1");
            var change = "UPDATE read_model_9.monthly_report_line SET sequence = sequence %s WHERE expense_id = '"
                    + expense + "'";
            readSide.jdbc
                    .sql("UPDATE projection_token SET generation = 9 WHERE projection = 'monthly-report'")
                    .update();
            try {
                verify().isEqual();
                verifyAfter(change.formatted("+ 1"), change.formatted("- 1"))
                        .firstIs("monthly_report_line, expense_id " + expense + ", sequence: ");
            } finally {
                readSide.jdbc
                        .sql("UPDATE projection_token SET generation = 0 WHERE projection = 'monthly-report'")
                        .update();
                statement.execute("DROP SCHEMA read_model_9 CASCADE");
            }
        }
    }

    // --- what somebody planted --------------------------------------------------------------------------------------

    private record ColumnOf(String name, String type) {}

    /** What a value of a type is changed into. */
    private static String changed(ColumnOf column) {
        var name = column.name();
        return switch (column.type()) {
            case "uuid" -> "gen_random_uuid()";
            case "bool" -> "NOT " + name;
            case "int4", "int8" -> "coalesce(%s, 0) + 1".formatted(name);
            case "numeric" -> "coalesce(%s, 0) + 0.01".formatted(name);
            case "date" -> "(%s + interval '1 month')::date".formatted(name);
            case "time" -> "CASE WHEN %1$s IS NULL THEN '12:30' ELSE NULL END::time".formatted(name);
            case "timestamptz" -> "coalesce(%s, now()) + interval '1 microsecond'".formatted(name);
            case "_text" -> name + " || 'x'::text";
            default -> "coalesce(%s, '') || 'x'".formatted(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "expense_list_item, expense_id, 23",
        "expense_list_category, category_id, 3",
        "monthly_report_line, expense_id, 6",
        "category_spend_line, expense_id, 8",
        "category_spend_category, category_id, 5",
        "category_item, category_id, 6"
    })
    void a_changed_value_is_named_with_its_row_and_column(String table, String key, int compared) {
        var columns = readSide.jdbc
                .sql("""
                        SELECT column_name, udt_name FROM information_schema.columns
                         WHERE table_schema = 'read_model' AND table_name = ?
                           AND column_name NOT IN (?, 'place_key', 'search_text')
                        """)
                .params(table, key)
                .query((row, number) -> new ColumnOf(row.getString(1), row.getString(2)))
                .list();
        assertThat(columns).hasSize(compared);
        for (var column : columns) {
            var id = one("SELECT %1$s FROM %2$s ORDER BY %1$s OFFSET 3 LIMIT 1".formatted(key, table));
            var before = readSide.jdbc
                    .sql("SELECT %s::text FROM %s WHERE %s = ?::uuid".formatted(column.name(), table, key))
                    .param(id)
                    .query((row, number) -> Optional.ofNullable(row.getString(1)))
                    .single();
            var verdict = verifyAfter(
                    "UPDATE %s SET %s = %s WHERE %s = '%s'".formatted(table, column.name(), changed(column), key, id),
                    "UPDATE %s SET %s = %s::%s WHERE %s = '%s'"
                            .formatted(
                                    table,
                                    column.name(),
                                    before.map(value -> "'" + value.replace("'", "''") + "'")
                                            .orElse("NULL"),
                                    column.type(),
                                    key,
                                    id));
            verdict.firstIs("%s, %s %s, %s: ".formatted(table, key, id, column.name()));
            if (List.of("place", "tags", "purpose", "attendees", "notes", "name")
                    .contains(column.name())) {
                assertThat(verdict.said()).contains(column.name() + ": it is not what the log says");
            }
        }
        verify().isEqual();
    }

    @ParameterizedTest
    @CsvSource({
        "expense_list_item, expense_id",
        "expense_list_category, category_id",
        "monthly_report_line, expense_id",
        "category_spend_line, expense_id",
        "category_spend_category, category_id",
        "category_item, category_id"
    })
    void a_missing_row_and_one_too_many_are_named(String table, String key) {
        for (var order : List.of("ASC", "DESC")) {
            var id = one("SELECT %1$s FROM %2$s ORDER BY %1$s %3$s LIMIT 1".formatted(key, table, order));
            var row = one("SELECT to_json(t)::text FROM %s t WHERE %s = '%s'".formatted(table, key, id));
            var put = "INSERT INTO %1$s SELECT * FROM json_populate_record(NULL::%1$s, '%2$s')";
            verifyAfter(
                            "DELETE FROM %s WHERE %s = '%s'".formatted(table, key, id),
                            put.formatted(table, row.replace("'", "''")))
                    .firstIs("%s, %s %s, row: it is missing".formatted(table, key, id));

            // before, between and after the others
            for (var extra : List.of(
                    new UUID(0, 1).toString(), UUID.randomUUID().toString(), "ffffffff-ffff-ffff-ffff-fffffffffffe")) {
                verifyAfter(
                                put.formatted(table, row.replace(id, extra).replace("'", "''")),
                                "DELETE FROM %s WHERE %s = '%s'".formatted(table, key, extra))
                        .firstIs("%s, %s %s, row: it is there, and by the log it must not be"
                                .formatted(table, key, extra));
            }
        }
        verify().isEqual();
    }

    @Test
    void a_row_of_the_trail_that_was_changed_taken_away_or_added_is_named_with_its_position() {
        var position = readSide.jdbc
                .sql("SELECT max(position) FROM audit_trail_entry WHERE event = 'MealExpenseAmended'")
                .query(Long.class)
                .single();
        var where = " WHERE audit_trail_entry.position = " + position;
        var columns = readSide.jdbc
                .sql("""
                        SELECT column_name, udt_name FROM information_schema.columns
                         WHERE table_schema = 'read_model' AND table_name = 'audit_trail_entry'
                           AND column_name <> 'position'
                        """)
                .query((row, number) -> new ColumnOf(row.getString(1), row.getString(2)))
                .list();
        assertThat(columns).hasSize(13);
        var row = one("SELECT to_json(t)::text FROM audit_trail_entry t WHERE position = " + position)
                .replace("'", "''");
        var put = "INSERT INTO audit_trail_entry SELECT * FROM json_populate_record(NULL::audit_trail_entry, '%s')";
        for (var column : columns) {
            var change = column.type().equals("json")
                    ? "jsonb_set(%s::jsonb, '{%s}', '\"x\"')::json"
                            .formatted(column.name(), column.name().equals("payload") ? "amount" : "client")
                    : changed(column);
            verifyAfter(
                            "UPDATE audit_trail_entry SET %s = %s".formatted(column.name(), change) + where,
                            "UPDATE audit_trail_entry SET %1$s = before.%1$s FROM json_populate_record(NULL::audit_trail_entry, '%2$s') before"
                                            .formatted(column.name(), row)
                                    + where)
                    .firstIs("audit_trail_entry, position %d, %s: ".formatted(position, column.name()));
        }
        verifyAfter("DELETE FROM audit_trail_entry" + where, put.formatted(row))
                .firstIs("audit_trail_entry, position %d, row: it is missing".formatted(position));
        var added = row.replaceFirst("\"position\":" + position, "\"position\":0")
                .replaceFirst("\"sequence\":\\d+", "\"sequence\":100000");
        verifyAfter(put.formatted(added), "DELETE FROM audit_trail_entry WHERE position = 0")
                .firstIs("audit_trail_entry, position 0, row: it is there, and by the log it must not be");
        verify().isEqual();
    }

    /** The row whose changes are looked for: not its aggregate's last, and not followed at once. */
    private record VersionAt(String id, long from) {

        static VersionAt in(String table, String key) {
            return readSide.jdbc
                    .sql(
                            "SELECT %1$s, from_position FROM %2$s WHERE until_position BETWEEN from_position + 2 AND 600 ORDER BY 1, 2 LIMIT 1"
                                    .formatted(key, table))
                    .query((row, number) -> new VersionAt(row.getString(1), row.getLong(2)))
                    .single();
        }
    }

    @ParameterizedTest
    @CsvSource({"expense_version, expense_id, 28", "category_version, category_id, 7"})
    void a_version_that_was_changed_taken_away_or_added_is_named_with_its_position(
            String table, String key, int compared) {
        var version = VersionAt.in(table, key);
        var where = " WHERE %s = '%s' AND from_position = %d".formatted(key, version.id(), version.from());
        var columns = readSide.jdbc
                .sql("""
                        SELECT column_name, udt_name FROM information_schema.columns
                         WHERE table_schema = 'read_model' AND table_name = ?
                           AND column_name NOT IN (?, 'place_key', 'search_text', 'from_position')
                        """)
                .params(table, key)
                .query((row, number) -> new ColumnOf(row.getString(1), row.getString(2)))
                .list();
        assertThat(columns).hasSize(compared);
        var row = one("SELECT to_json(t)::text FROM " + table + " t" + where);
        var put = "INSERT INTO %1$s SELECT * FROM json_populate_record(NULL::%1$s, '%2$s')";
        for (var column : columns) {
            var back = "UPDATE %1$s SET %2$s = before.%2$s FROM json_populate_record(NULL::%1$s, '%3$s') before"
                    .formatted(table, column.name(), row.replace("'", "''"));
            verifyAfter(
                            "UPDATE %s SET %s = %s".formatted(table, column.name(), changed(column)) + where,
                            back
                                    + where.replace(key, table + "." + key)
                                            .replace("from_position", table + ".from_position"))
                    .firstIs("%s, %s %s, from_position %d, %s: "
                            .formatted(table, key, version.id(), version.from(), column.name()));
        }
        verifyAfter("DELETE FROM " + table + where, put.formatted(table, row.replace("'", "''")))
                .firstIs("%s, %s %s, from_position %d, row: it is missing"
                        .formatted(table, key, version.id(), version.from()));
        var added = row.replace(
                "\"from_position\":" + version.from() + ",", "\"from_position\":" + (version.from() + 1) + ",");
        verifyAfter(
                        put.formatted(table, added.replace("'", "''")),
                        "DELETE FROM %s WHERE %s = '%s' AND from_position = %d"
                                .formatted(table, key, version.id(), version.from() + 1))
                .firstIs("%s, %s %s, from_position %d, row: it is there, and by the log it must not be"
                        .formatted(table, key, version.id(), version.from() + 1));
        verify().isEqual();
    }

    @Test
    void a_month_whose_beginning_cannot_be_found_is_named() {
        var change = "UPDATE expense_version_month_total SET is_first = NOT is_first"
                + " WHERE position = (SELECT min(position) FROM expense_version_month_total)";
        var verdict = verifyAfter(change, change);
        verdict.firstIs("expense_version_month_total, owner_id ");
        assertThat(verdict.said()).contains("is_first: it is false, and true by the rows of the expenses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overall_amount", "overall_count"})
    void a_wrong_sum_of_all_owners_is_named_and_one_that_is_not_known_is_not(String column) {
        var change = "UPDATE expense_version_month_total SET %1$s = %1$s %2$s"
                + " WHERE position = (SELECT min(position) FROM expense_version_month_total)";
        var verdict = verifyAfter(change.formatted(column, "+ 1"), change.formatted(column, "- 1"));
        verdict.firstIs("expense_version_month_total, owner_id ");
        assertThat(verdict.said()).contains(", " + column + ": it is ", "by the rows of the expenses");
        var known = one("SELECT position || ' ' || %s FROM expense_version_month_total ORDER BY position LIMIT 1"
                        .formatted(column))
                .split(" ");
        var to = "UPDATE expense_version_month_total SET %s = %s WHERE position = %s";
        verifyAfter(to.formatted(column, "NULL", known[0]), to.formatted(column, known[1], known[0]))
                .isEqual();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expense_version_month_total",
                "expense_list_total",
                "expense_list_month_total",
                "monthly_report_total",
                "category_spend_total"
            })
    void a_wrong_sum_is_named(String table) {
        var key = one(
                "SELECT to_jsonb(t) - 'amount' - 'count' - 'is_first' FROM %s t WHERE count > 0 ORDER BY owner_id LIMIT 1"
                        .formatted(table));
        var where = "t WHERE to_jsonb(t) - 'amount' - 'count' - 'is_first' = '%s'".formatted(key);
        var owner = one("SELECT owner_id FROM %s %s".formatted(table, where));
        for (var column : List.of("amount", "count")) {
            var update = "UPDATE " + table + " " + where.replace(" WHERE ", " SET %1$s = %1$s %2$s WHERE ");
            var verdict = verifyAfter(update.formatted(column, "+ 1"), update.formatted(column, "- 1"));
            verdict.firstIs("%s, owner_id %s, ".formatted(table, owner));
            assertThat(verdict.said()).contains(", " + column + ": it is ", "by the rows of the expenses");
        }
        var row = one("SELECT to_json(t)::text FROM %s %s".formatted(table, where));
        var put = "INSERT INTO %1$s SELECT * FROM json_populate_record(NULL::%1$s, '%2$s')";
        var missing = verifyAfter("DELETE FROM %s %s".formatted(table, where), put.formatted(table, row));
        missing.firstIs(table + ", owner_id " + owner);
        assertThat(missing.said()).contains("row: it is missing");
        var stranger = UUID.randomUUID().toString();
        verifyAfter(
                        put.formatted(table, row.replace(owner, stranger)),
                        "DELETE FROM %s WHERE owner_id = '%s'".formatted(table, stranger))
                .firstIs(table + ", owner_id " + stranger);
        verify().isEqual();
    }

    @Test
    void a_read_model_that_is_further_than_the_log_is_named() {
        verifyAfter(
                        "UPDATE projection_token SET position = position + 1 WHERE projection = 'monthly-report'",
                        "UPDATE projection_token SET position = position - 1 WHERE projection = 'monthly-report'")
                .firstIs("projection_token, monthly-report, position: it is 601, and the log ends at 600");
    }

    @Test
    void a_read_model_that_is_not_there_cannot_be_compared() {
        var verdict = verifyAfter(
                "UPDATE projection_token SET projection = 'lost' WHERE projection = 'monthly-report'",
                "UPDATE projection_token SET projection = 'monthly-report' WHERE projection = 'lost'");
        assertThat(verdict.exitCode()).isEqualTo(2);
        assertThat(verdict.said()).contains("There is no read model monthly-report", "were not compared");
    }
}
