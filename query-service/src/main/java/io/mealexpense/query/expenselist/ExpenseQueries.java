package io.mealexpense.query.expenselist;

import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
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
            Owners owners,
            ExpenseFilter filter,
            ExpenseSort sort,
            @Nullable String cursor,
            int limit,
            AtLeast atLeast) {
        var list = "expenses " + owners + filter.canonical() + sort.code();
        var keys = Cursor.keys(cursor, list, 2);
        var page = filter.addDetailTo(filter.addTo(new Where().owners(owners))).parameter("limit", limit + 1);
        if (!keys.isEmpty()) {
            checkKeys(sort, keys);
            page.and(sort.beyond()).parameter("key", keys.get(0)).parameter("id", keys.get(1));
        }
        return reads.read(ExpenseListProjection.GROUP, owners.only(), atLeast, state -> {
            var found = jdbc.sql("""
                            SELECT to_json(t) AS row FROM expense_list_item t
                            %s
                             ORDER BY %s
                             LIMIT :limit
                            """.formatted(page.sql(), sort.orderBy()))
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
                    totals(owners, filter),
                    state.incomplete());
        });
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

    private List<Total> totals(Owners owners, ExpenseFilter filter) {
        var sums = filter.isServedByTotals() ? ofTotals(owners, filter) : ofExpenses(owners, filter);
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

    private static Sums ofExpenses(Owners owners, ExpenseFilter filter) {
        var where = filter.addDetailTo(filter.addTo(new Where().owners(owners)));
        return new Sums(
                "SELECT currency, sum(amount) AS amount, count(*) AS count FROM expense_list_item t\n" + where.sql()
                        + "\n GROUP BY currency",
                where.parameters());
    }

    private static Sums ofTotals(Owners owners, ExpenseFilter filter) {
        var byMonth = filter.isServedByMonths();
        var statements = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        if (byMonth) {
            var months = filter.addCurrenciesTo(filter.period().addMonthsTo(new Where().owners(owners)));
            statements.add("SELECT currency, amount, count FROM expense_list_month_total t\n" + months.sql());
            parameters.putAll(months.parameters());
        }
        if (!byMonth || filter.period().hasDays()) {
            var days = new Where().owners(owners);
            days = byMonth ? filter.addKeysTo(filter.period().addDaysTo(days)) : filter.addTo(days);
            statements.add("SELECT currency, amount, count FROM expense_list_total t\n" + days.sql());
            parameters.putAll(days.parameters());
        }
        return new Sums(String.join("\nUNION ALL\n", statements), parameters);
    }

    /**
     * One expense, deleted or not.
     *
     * @param incomplete {@code true} if something that happened to it is not in the row, else absent
     */
    record Found(Optional<ExpenseRow> row, @Nullable Boolean incomplete) {}

    Found find(UUID id, Owners owners, AtLeast atLeast) {
        return reads.read(ExpenseListProjection.GROUP, owners.only(), atLeast, state -> {
            var incomplete = state.incomplete() != null && reads.isPutAside(ExpenseListProjection.GROUP, state, id);
            return new Found(
                    jdbc.sql("SELECT to_json(t) AS row FROM expense_list_item t WHERE expense_id = ?")
                            .param(id)
                            .query(rows)
                            .optional()
                            .filter(row -> owners.include(row.ownerId())),
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
     * @return whether entries may be missing
     */
    boolean export(Owners owners, ExpenseFilter filter, ExpenseSort sort, AtLeast atLeast, Receiver out) {
        var where = filter.addDetailTo(filter.addTo(new Where().owners(owners)));
        return reads.read(ExpenseListProjection.GROUP, owners.only(), atLeast, state -> {
            jdbc.sql("""
                            SELECT to_json(t) AS row,
                                   (SELECT c.name FROM expense_list_category c WHERE c.category_id = t.category_id)
                                       AS category_name
                              FROM expense_list_item t
                            %s
                             ORDER BY %s
                            """.formatted(where.sql(), sort.orderBy()))
                    .withFetchSize(500)
                    .params(where.parameters())
                    .query(row -> {
                        out.take(rows.mapRow(row, 0), row.getString("category_name"));
                    });
            return state.incomplete() != null;
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
