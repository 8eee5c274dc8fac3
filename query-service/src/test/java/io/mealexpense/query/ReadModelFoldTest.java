package io.mealexpense.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.eventstream.ReadSide;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Random histories, delivered in random batches with repetitions, leave the tables that a plain fold of the same
 * history leaves. The fold shares nothing with the projections: maps, and the sums counted from the start.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadModelFoldTest {

    private static final int EVENTS = 400;
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY");
    private static final List<String> MEALS = List.of("lunch", "dinner", "late-night");
    private static final List<String> PLACES = List.of("Corner Deli", "Café Zoë", "Straße 7", "'=1+1");

    private record Content(
            LocalDate day,
            String amount,
            String currency,
            String meal,
            UUID category,
            String place,
            List<String> tags) {}

    private static final class Expense {
        final UUID owner;
        Content content;
        boolean deleted;
        long sequence;

        Expense(UUID owner, Content content) {
            this.owner = owner;
            this.content = content;
        }

        String dayKey() {
            return key(content.day, String.valueOf(content.category), content.meal, content.currency);
        }

        String monthKey() {
            return key(content.day.withDayOfMonth(1), content.currency);
        }

        private String key(LocalDate day, String... more) {
            return owner + "|" + day + "|" + String.join("|", more);
        }
    }

    private final Map<UUID, Expense> expenses = new HashMap<>();
    private final Map<UUID, String> categories = new HashMap<>();
    private final Map<UUID, TreeMap<Long, String>> states = new HashMap<>();
    private final Map<UUID, TreeMap<Long, String>> names = new HashMap<>();
    private final Map<UUID, Map<String, BigDecimal>> inMonths = new HashMap<>();
    private final Map<String, String> sums = new HashMap<>();
    private final Map<String, String> running = new TreeMap<>();
    private final List<UUID> owners = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    @RepeatedTest(3)
    void tables_equal_an_independent_fold(RepetitionInfo repetition) throws InterruptedException {
        var seed = Long.getLong("seed", System.nanoTime() + repetition.getCurrentRepetition());
        System.out.println("ReadModelFoldTest: repeat with -Dseed=" + seed);
        var random = new Random(seed);
        try (var readSide = ReadSide.open()) {
            var projections = projections(readSide.jdbc);
            assertThat(projections).hasSize(7);
            var history = history(random);
            var from = 0;
            while (from < history.size()) {
                var to = Math.min(history.size(), from + 1 + random.nextInt(150));
                readSide.log.append(history.subList(from, to));
                from = to;
                for (var projection : projections) {
                    readSide.project(projection, left -> 1 + random.nextInt(left));
                    if (random.nextInt(3) == 0) {
                        readSide.projectAgain(projection, random.nextInt(to));
                    }
                }
            }
            assertThat(rows(readSide.jdbc, "expense_list_item", row -> row.getString("expense_id"), row -> ""))
                    .as("rows, seed " + seed)
                    .isEqualTo(foldedRows());
            assertThat(rows(
                            readSide.jdbc,
                            "expense_version",
                            row -> row.getString("expense_id") + "|" + row.getString("from_position"),
                            row -> "|" + row.getString("until_position")))
                    .as("versions, seed " + seed)
                    .isEqualTo(versions(states));
            assertThat(categoryVersions(readSide.jdbc))
                    .as("versions of categories, seed " + seed)
                    .isEqualTo(versions(names));
            assertThat(runningTotals(readSide.jdbc))
                    .as("running totals, seed " + seed)
                    .isEqualTo(running);
            assertThat(lines(readSide.jdbc, "monthly_report_line", "month"))
                    .as("monthly lines, seed " + seed)
                    .isEqualTo(foldedLines(true));
            assertThat(lines(readSide.jdbc, "category_spend_line", "spent_on"))
                    .as("category lines, seed " + seed)
                    .isEqualTo(foldedLines(false));
            for (var table : List.of("expense_list_total", "category_spend_total")) {
                assertThat(totals(readSide.jdbc, table, "spent_on, category_id, meal_type, currency"))
                        .as(table + ", seed " + seed)
                        .isEqualTo(foldedTotals(Expense::dayKey));
            }
            for (var table : List.of("expense_list_month_total", "monthly_report_total")) {
                assertThat(totals(readSide.jdbc, table, "month, currency"))
                        .as(table + ", seed " + seed)
                        .isEqualTo(foldedTotals(Expense::monthKey));
            }
            for (var table : List.of("category_item", "category_spend_category", "expense_list_category")) {
                assertThat(names(readSide.jdbc, table)).as(table).isEqualTo(categories);
            }
            assertThat(readSide.jdbc
                            .sql("SELECT count(*) || ' ' || max(position) FROM audit_trail_entry")
                            .query(String.class)
                            .single())
                    .isEqualTo(EVENTS + " " + EVENTS);
        }
    }

    /** Every projection there is, without naming one: they are found as Spring finds them. */
    static List<Projection> projections(JdbcClient jdbc) {
        var context = new AnnotationConfigApplicationContext();
        var scanner = new ClassPathBeanDefinitionScanner(context, false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ProcessingGroup.class));
        scanner.scan("io.mealexpense.query");
        context.registerBean("queryJdbcClient", JdbcClient.class, () -> jdbc);
        context.refresh();
        return context.getBeansOfType(Projection.class).values().stream()
                .filter(projection -> !projection.tables().isEmpty())
                .toList();
    }

    private List<StoredEvent> history(Random random) {
        var history = new ArrayList<StoredEvent>();
        while (history.size() < EVENTS) {
            history.add(
                    switch (random.nextInt(12)) {
                        case 0 -> category(random);
                        case 1, 2, 3, 4 -> recorded(random);
                        default -> expenses.isEmpty() ? recorded(random) : changed(random);
                    });
            note(history.getLast(), history.size());
        }
        return history;
    }

    /** What an event at a position left behind: in a log of its own the first one is at position 1. */
    private void note(StoredEvent event, long position) {
        switch (event) {
            case MealExpenseEvent changed -> {
                var id = changed.mealExpenseId();
                states.computeIfAbsent(id, key -> new TreeMap<>())
                        .put(position, foldedRows().get(id.toString()));
                var expense = expenses.get(id);
                var counted = expense.deleted
                        ? Map.<String, BigDecimal>of()
                        : Map.of(expense.monthKey(), new BigDecimal(expense.content.amount));
                var before = Objects.requireNonNullElse(inMonths.put(id, counted), Map.<String, BigDecimal>of());
                if (!counted.equals(before)) {
                    before.forEach((key, amount) -> add(key, amount.negate(), -1));
                    before.forEach((key, amount) -> add(overall(key), amount.negate(), -1));
                    counted.forEach((key, amount) -> add(key, amount, 1));
                    counted.forEach((key, amount) -> add(overall(key), amount, 1));
                    Stream.concat(before.keySet().stream(), counted.keySet().stream())
                            .forEach(key -> running.put(
                                    key + "|" + position, sums.get(key) + ", of all " + sums.get(overall(key))));
                }
            }
            case CategoryEvent changed ->
                names.computeIfAbsent(changed.categoryId(), key -> new TreeMap<>())
                        .put(position, categories.get(changed.categoryId()));
            default -> throw new IllegalStateException("Not made here: " + event);
        }
    }

    /** Of all owners: the key without the first part. */
    private static String overall(String key) {
        return key.substring(key.indexOf('|') + 1);
    }

    private void add(String key, BigDecimal amount, int count) {
        var sum = sums.getOrDefault(key, "0 in 0").split(" in ");
        sums.put(key, new BigDecimal(sum[0]).add(amount).toPlainString() + " in " + (Integer.parseInt(sum[1]) + count));
    }

    /** Every state with the position from which and the one until which it held. */
    private static Map<String, String> versions(Map<UUID, TreeMap<Long, String>> states) {
        var versions = new TreeMap<String, String>();
        states.forEach((id, ofOne) -> ofOne.forEach((position, state) -> versions.put(
                id + "|" + position,
                state + "|" + Objects.requireNonNullElse(ofOne.higherKey(position), Long.MAX_VALUE))));
        return versions;
    }

    private StoredEvent category(Random random) {
        var name = "Category " + random.nextInt(1_000);
        if (categories.size() < 4) {
            var id = UUID.randomUUID();
            categories.put(id, name);
            return new CategoryCreated(id, any(owners, random), name, "#C2410C", "soup");
        }
        var id = any(categories.keySet().stream().sorted().toList(), random);
        if (random.nextInt(4) == 0) {
            return new CategoryArchived(id, owners.get(0));
        }
        categories.put(id, name);
        return new CategoryAmended(id, owners.get(0), name, "#0E7490", "glass");
    }

    private Content content(Random random) {
        var currency = any(CURRENCIES, random);
        var digits = currency.equals("JPY") ? 0 : 2;
        var amount = BigDecimal.valueOf(random.nextInt(20_000) - 4_000L, digits);
        var known = categories.keySet().stream().sorted().toList();
        // none, one that exists, or one that this side has never heard of
        var category = random.nextInt(3) == 0 || known.isEmpty()
                ? null
                : random.nextInt(8) == 0 ? new UUID(7, random.nextInt(3)) : any(known, random);
        return new Content(
                LocalDate.of(2026, 1, 1).plusDays(random.nextInt(90)),
                amount.toPlainString(),
                currency,
                any(MEALS, random),
                category,
                random.nextInt(5) == 0 ? null : any(PLACES, random),
                random.nextBoolean() ? List.of() : List.of("a,b", "\"c\" {d}"));
    }

    private StoredEvent recorded(Random random) {
        var id = UUID.randomUUID();
        var content = content(random);
        var owner = any(owners, random);
        expenses.put(id, new Expense(owner, content));
        return new MealExpenseRecorded(
                id,
                owner,
                null,
                content.day,
                null,
                null,
                new BigDecimal(content.amount),
                content.currency,
                null,
                null,
                content.meal,
                null,
                null,
                content.category,
                null,
                content.place,
                content.tags,
                null,
                List.of(),
                null);
    }

    private StoredEvent changed(Random random) {
        var id = any(expenses.keySet().stream().sorted().toList(), random);
        var expense = expenses.get(id);
        expense.sequence++;
        if (expense.deleted) {
            expense.deleted = false;
            return new MealExpenseRestored(id, expense.owner, null);
        }
        if (random.nextInt(3) == 0) {
            expense.deleted = true;
            return new MealExpenseDeleted(id, expense.owner, "no longer");
        }
        var content = content(random);
        expense.content = content;
        return new MealExpenseAmended(
                id,
                expense.owner,
                content.day,
                null,
                null,
                new BigDecimal(content.amount),
                content.currency,
                null,
                null,
                content.meal,
                null,
                null,
                content.category,
                null,
                content.place,
                content.tags,
                null,
                List.of(),
                null,
                null);
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private Map<String, String> foldedRows() {
        var rows = new TreeMap<String, String>();
        expenses.forEach((id, expense) -> rows.put(
                id.toString(),
                String.join(
                        "|",
                        expense.owner.toString(),
                        String.valueOf(expense.sequence),
                        String.valueOf(expense.deleted),
                        expense.content.day.toString(),
                        expense.content.amount,
                        expense.content.currency,
                        expense.content.meal,
                        String.valueOf(expense.content.category),
                        String.valueOf(expense.content.place),
                        String.valueOf(expense.content.tags))));
        return rows;
    }

    @FunctionalInterface
    private interface Text {
        String of(ResultSet row) throws SQLException;
    }

    private static Map<String, String> rows(JdbcClient jdbc, String table, Text key, Text more) {
        var rows = new TreeMap<String, String>();
        jdbc.sql("SELECT * FROM " + table).query(row -> {
            rows.put(
                    key.of(row),
                    String.join(
                                    "|",
                                    row.getString("owner_id"),
                                    row.getString("sequence"),
                                    String.valueOf(row.getBoolean("deleted")),
                                    row.getString("spent_on"),
                                    row.getString("amount"),
                                    row.getString("currency"),
                                    row.getString("meal_type"),
                                    String.valueOf(row.getString("category_id")),
                                    String.valueOf(row.getString("place")),
                                    String.valueOf(List.of(
                                            (Object[]) row.getArray("tags").getArray())))
                            + more.of(row));
        });
        return rows;
    }

    private Map<String, String> foldedLines(boolean byMonth) {
        var lines = new TreeMap<String, String>();
        expenses.forEach((id, expense) -> lines.put(
                id.toString(),
                String.join(
                        "|",
                        String.valueOf(expense.sequence),
                        String.valueOf(expense.deleted),
                        (byMonth ? expense.content.day.withDayOfMonth(1) : expense.content.day).toString(),
                        expense.content.currency,
                        expense.content.amount)));
        return lines;
    }

    private static Map<String, String> lines(JdbcClient jdbc, String table, String day) {
        var lines = new TreeMap<String, String>();
        jdbc.sql("SELECT * FROM " + table).query(row -> {
            lines.put(
                    row.getString("expense_id"),
                    String.join(
                            "|",
                            row.getString("sequence"),
                            String.valueOf(row.getBoolean("deleted")),
                            row.getString(day),
                            row.getString("currency"),
                            row.getString("amount")));
        });
        return lines;
    }

    private Map<String, String> foldedTotals(Function<Expense, String> keyOf) {
        var amounts = new TreeMap<String, BigDecimal>();
        var counts = new TreeMap<String, Integer>();
        expenses.values().stream().filter(expense -> !expense.deleted).forEach(expense -> {
            var key = keyOf.apply(expense);
            amounts.merge(key, new BigDecimal(expense.content.amount), BigDecimal::add);
            counts.merge(key, 1, Integer::sum);
        });
        var totals = new TreeMap<String, String>();
        amounts.forEach((key, amount) -> totals.put(key, amount.toPlainString() + " in " + counts.get(key)));
        return totals;
    }

    private static Map<String, String> totals(JdbcClient jdbc, String table, String keys) {
        var totals = new TreeMap<String, String>();
        jdbc.sql("SELECT concat_ws('|', owner_id, %s) AS key, amount, count FROM %s WHERE count <> 0 OR amount <> 0"
                        .formatted(keys.replace("category_id", "coalesce(category_id::text, 'null')"), table))
                .query(row -> {
                    totals.put(row.getString("key"), row.getString("amount") + " in " + row.getString("count"));
                });
        return totals;
    }

    private static Map<String, String> runningTotals(JdbcClient jdbc) {
        var totals = new TreeMap<String, String>();
        jdbc.sql("SELECT concat_ws('|', owner_id, month, currency, position) AS key, amount, count,"
                        + " overall_amount || ' in ' || overall_count AS overall FROM expense_version_month_total")
                .query(row -> {
                    totals.put(
                            row.getString("key"),
                            row.getString("amount") + " in " + row.getString("count") + ", of all "
                                    + row.getString("overall"));
                });
        return totals;
    }

    private static Map<String, String> categoryVersions(JdbcClient jdbc) {
        var versions = new TreeMap<String, String>();
        jdbc.sql("SELECT category_id || '|' || from_position AS key, name || '|' || until_position AS held"
                        + " FROM category_version")
                .query(row -> {
                    versions.put(row.getString("key"), row.getString("held"));
                });
        return versions;
    }

    private static Map<UUID, String> names(JdbcClient jdbc, String table) {
        var names = new HashMap<UUID, String>();
        jdbc.sql("SELECT category_id, name FROM " + table).query(row -> {
            names.put(row.getObject("category_id", UUID.class), row.getString("name"));
        });
        return names;
    }
}
