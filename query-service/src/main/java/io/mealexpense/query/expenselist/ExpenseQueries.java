package io.mealexpense.query.expenselist;

import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.expense.SearchText;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.ConsistentReads.State;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.Table;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.Cursor;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.Where;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of the expense list. */
@Component
class ExpenseQueries {

    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,13}(\\.[0-9]{1,8})?");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final JdbcClient jdbc;
    private final ConsistentReads reads;
    private final RowMapper<ExpenseRow> rows;

    ExpenseQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.rows = new Table<>(jdbc, "expense_list_item", ExpenseRow.class).mapper("row");
    }

    ExpenseList list(
            Owners owners, ExpenseFilter filter, ExpenseSort sort, @Nullable String cursor, int limit, Moment moment) {
        return reads.read(ExpenseListProjection.GROUP, owners.only(), moment, state -> {
            var list = "expenses " + owners + filter.canonical() + sort.code() + asOf(state);
            var keys = Cursor.keys(cursor, list, 2);
            var page =
                    filter.addDetailTo(filter.addTo(new Where().owners(owners))).parameter("limit", limit + 1);
            if (!keys.isEmpty()) {
                checkKeys(sort, keys);
                page.and(sort.beyond()).parameter("key", keys.get(0)).parameter("id", keys.get(1));
            }
            var found = jdbc.sql("""
                            SELECT to_json(t) AS row FROM %s t
                            %s
                             ORDER BY %s
                             LIMIT :limit
                            """.formatted(expenses(state), page.sql(), sort.orderBy()))
                    .params(page.parameters())
                    .query(rows)
                    .list();
            var more = found.size() > limit;
            var shown = more ? found.subList(0, limit) : found;
            return new ExpenseList(
                    shown.stream().map(ExpenseItem::of).toList(),
                    more
                            ? Cursor.of(
                                    list,
                                    sort.keyOf(shown.getLast()),
                                    shown.getLast().expenseId().toString())
                            : null,
                    totals(owners, filter, state),
                    state.asOf(),
                    state.incomplete());
        });
    }

    private static String expenses(State state) {
        return state.table("expense_list_item", Past::expenses);
    }

    /** Pages of the past continue pages of the same moment. */
    private static String asOf(State state) {
        return state.asOf() == null ? "" : " at " + state.asOf().position();
    }

    /** Anybody can make a cursor: what the database could not take is refused here. */
    private static void checkKeys(ExpenseSort sort, List<String> keys) {
        var sound = switch (sort) {
            case NEWEST, OLDEST -> isDay(keys.get(0));
            case SMALLEST, LARGEST -> AMOUNT.matcher(keys.get(0)).matches();
            case PLACE -> true;
        };
        if (!sound || !UUID_FORM.matcher(keys.get(1)).matches()) {
            throw Cursor.refused("was not made here");
        }
    }

    private static boolean isDay(String text) {
        try {
            // not "+99999-01-01", which Java can read and PostgreSQL cannot
            return text.length() == 10 && LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException none) {
            return false;
        }
    }

    private List<Total> totals(Owners owners, ExpenseFilter filter, State state) {
        var sums = filter.isServedByTotals() ? ofTotals(owners, filter, state) : ofExpenses(owners, filter, state);
        return jdbc.sql("""
                        SELECT currency, sum(amount) AS amount, sum(count) AS count FROM (
                        %s
                        ) sums GROUP BY currency HAVING sum(count) <> 0 ORDER BY currency
                        """.formatted(sums.sql()))
                .params(sums.parameters())
                .query((row, number) ->
                        Total.of(row.getString("currency"), row.getBigDecimal("amount"), row.getLong("count")))
                .list();
    }

    /** Rows of currency, amount and count. */
    private record Sums(String sql, Map<String, Object> parameters) {}

    private static Sums ofExpenses(Owners owners, ExpenseFilter filter, State state) {
        var where = filter.addDetailTo(filter.addTo(new Where().owners(owners)));
        return new Sums("""
                SELECT currency, sum(amount) AS amount, count(*) AS count FROM %s t
                %s
                 GROUP BY currency""".formatted(expenses(state), where.sql()), where.parameters());
    }

    private static Sums ofTotals(Owners owners, ExpenseFilter filter, State state) {
        var byMonth = filter.isServedByMonths();
        var statements = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        if (byMonth) {
            var months = filter.addCurrenciesTo(filter.period().addMonthsTo(new Where().owners(owners)));
            statements.add(sums(state.table("expense_list_month_total", Past.monthTotals(owners.only())), months));
            parameters.putAll(months.parameters());
        }
        if (!byMonth || filter.period().hasDays()) {
            var days = new Where().owners(owners);
            days = byMonth ? filter.addKeysTo(filter.period().addDaysTo(days)) : filter.addTo(days);
            statements.add(sums(state.table("expense_list_total", Past::dayTotals), days));
            parameters.putAll(days.parameters());
        }
        return new Sums(String.join("\nUNION ALL\n", statements), parameters);
    }

    private static String sums(String table, Where where) {
        return "SELECT currency, amount, count FROM %s t\n%s".formatted(table, where.sql());
    }

    /**
     * One expense, deleted or not.
     *
     * @param asOf the moment that the row is of, absent for the present
     * @param incomplete {@code true} if something that happened to it is not in the row, else absent
     */
    record Found(
            Optional<ExpenseRow> row,
            @Nullable AsOf asOf,
            @Nullable Boolean incomplete) {}

    Found find(UUID id, Owners owners, Moment moment) {
        return reads.read(ExpenseListProjection.GROUP, owners.only(), moment, state -> {
            var incomplete = state.incomplete() != null && reads.isPutAside(state, id);
            return new Found(
                    jdbc.sql("SELECT to_json(t) AS row FROM %s t WHERE expense_id = ?".formatted(expenses(state)))
                            .param(id)
                            .query(rows)
                            .optional()
                            .filter(row -> owners.include(row.ownerId())),
                    state.asOf(),
                    incomplete ? Boolean.TRUE : null);
        });
    }

    /** Takes the rows of a filter as they come, with the names of their categories. */
    @FunctionalInterface
    interface Receiver {
        void take(ExpenseRow row, @Nullable String categoryName);
    }

    /**
     * Hands over the whole filter from one snapshot, never more than some hundreds of rows in memory.
     *
     * @return what state of the tables they are of
     */
    State export(Owners owners, ExpenseFilter filter, ExpenseSort sort, Moment moment, Receiver out) {
        var where = filter.addDetailTo(filter.addTo(new Where().owners(owners)));
        return reads.read(ExpenseListProjection.GROUP, owners.only(), moment, state -> {
            jdbc.sql("""
                            SELECT to_json(t) AS row,
                                   (SELECT c.name FROM %s c WHERE c.category_id = t.category_id) AS category_name
                              FROM %s t
                            %s
                             ORDER BY %s
                            """.formatted(
                                    state.table("expense_list_category", Past::categories),
                                    expenses(state),
                                    where.sql(),
                                    sort.orderBy()))
                    .withFetchSize(500)
                    .params(where.parameters())
                    .query(row -> {
                        out.take(rows.mapRow(row, 0), row.getString("category_name"));
                    });
            return state;
        });
    }

    Tags tags(Owners owners, AtLeast atLeast) {
        var where = new Where().owners(owners).and("NOT deleted");
        return reads.read(
                ExpenseListProjection.GROUP,
                owners.only(),
                atLeast,
                state -> new Tags(
                        jdbc.sql("""
                                SELECT name, count(*) AS count
                                  FROM (SELECT unnest(tags) AS name FROM expense_list_item %s) used
                                 GROUP BY name
                                 ORDER BY lower(name) COLLATE "C", name COLLATE "C"
                                """.formatted(where.sql()))
                                .params(where.parameters())
                                .query((row, number) -> new Tags.Tag(row.getString("name"), row.getLong("count")))
                                .list(),
                        state.incomplete()));
    }

    Places places(Owners owners, @Nullable String search, int limit, AtLeast atLeast) {
        var where = new Where()
                .owners(owners)
                .and("NOT deleted")
                .and("place_key <> ''")
                .and(
                        "place_key LIKE :search",
                        "search",
                        search == null ? null : SearchText.contains(SearchText.normalised(search)))
                .parameter("limit", limit);
        return reads.read(
                ExpenseListProjection.GROUP,
                owners.only(),
                atLeast,
                state -> new Places(
                        jdbc.sql("""
                                SELECT (array_agg(place ORDER BY spent_on DESC, recorded_at DESC))[1] AS place,
                                       (array_agg(category_id ORDER BY spent_on DESC, recorded_at DESC)
                                           FILTER (WHERE category_id IS NOT NULL))[1] AS category_id,
                                       (array_agg(meal_type ORDER BY spent_on DESC, recorded_at DESC))[1] AS meal_type,
                                       (array_agg(currency ORDER BY spent_on DESC, recorded_at DESC))[1] AS currency,
                                       count(*) AS count,
                                       max(spent_on) AS last_spent_on
                                  FROM expense_list_item
                                %s
                                 GROUP BY place_key
                                 ORDER BY max(spent_on) DESC, max(recorded_at) DESC, place_key
                                 LIMIT :limit
                                """.formatted(where.sql()))
                                .params(where.parameters())
                                .query((row, number) -> new Places.Place(
                                        row.getString("place"),
                                        row.getObject("category_id", UUID.class),
                                        row.getString("meal_type"),
                                        row.getString("currency"),
                                        row.getLong("count"),
                                        row.getObject("last_spent_on", LocalDate.class)))
                                .list(),
                        state.incomplete()));
    }
}
