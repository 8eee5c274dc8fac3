package io.mealexpense.query.categoryspend;

import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.Total;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of what was spent by category and by other groups. */
@Component
class CategorySpendQueries {

    private final JdbcClient jdbc;
    private final ConsistentReads reads;

    CategorySpendQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    private record Category(
            @Nullable UUID id,
            @Nullable String name,
            @Nullable String colour,
            @Nullable String icon) {}

    CategorySpend byCategory(SpendingFilter filter, Moment moment) {
        var where = filter.where();
        return reads.read(CategorySpendProjection.GROUP, filter.owners().only(), moment, state -> {
            var categories = new LinkedHashMap<Category, List<Total>>();
            jdbc.sql("""
                            SELECT t.category_id, c.name, c.colour, c.icon, t.currency, t.amount, t.count
                              FROM (SELECT category_id, currency, sum(amount) AS amount, sum(count) AS count
                                      FROM %s spent
                                    %s
                                     GROUP BY category_id, currency
                                    HAVING sum(count) <> 0) t
                              LEFT JOIN %s c ON c.category_id = t.category_id
                             ORDER BY t.category_id, t.currency
                            """.formatted(
                            totals(state), where.sql(), state.table("category_spend_category", Past::categories)))
                    .params(where.parameters())
                    .query(row -> {
                        categories
                                .computeIfAbsent(
                                        new Category(
                                                row.getObject("category_id", UUID.class),
                                                row.getString("name"),
                                                row.getString("colour"),
                                                row.getString("icon")),
                                        category -> new ArrayList<>())
                                .add(Total.of(
                                        row.getString("currency"), row.getBigDecimal("amount"), row.getLong("count")));
                    });
            return new CategorySpend(
                    categories.entrySet().stream()
                            .map(entry -> new CategorySpend.Row(
                                    entry.getKey().id(),
                                    entry.getKey().name(),
                                    entry.getKey().colour(),
                                    entry.getKey().icon(),
                                    entry.getValue()))
                            .sorted(byName())
                            .toList(),
                    state.asOf(),
                    state.incomplete());
        });
    }

    private static String totals(ConsistentReads.State state) {
        return state.table("category_spend_total", Past::dayTotals);
    }

    /** Without a name last, and of those the uncategorised last of all. */
    private static Comparator<CategorySpend.Row> byName() {
        Comparator<Object> words = Collator.getInstance(Locale.ROOT);
        return Comparator.comparing(CategorySpend.Row::name, Comparator.nullsLast(words))
                .thenComparing(CategorySpend.Row::categoryId, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    Spending spending(List<SpendingGroup> groups, SpendingFilter filter, Moment moment) {
        var where = filter.where();
        var selected = groups.stream()
                .map(group -> "%s AS \"%s\"".formatted(group.expression(), group.code()))
                .collect(Collectors.joining(", "));
        var grouped = groups.stream().map(SpendingGroup::expression).collect(Collectors.joining(", "));
        var ordered = groups.stream().map(SpendingGroup::order).collect(Collectors.joining(", "));
        return reads.read(CategorySpendProjection.GROUP, filter.owners().only(), moment, state -> {
            var rows = new LinkedHashMap<Map<String, @Nullable String>, List<Total>>();
            jdbc.sql("""
                            SELECT %s, currency, sum(amount) AS amount, sum(count) AS count
                              FROM %s spent
                            %s
                             GROUP BY %s, currency
                            HAVING sum(count) <> 0
                             ORDER BY %s, currency
                            """.formatted(selected, totals(state), where.sql(), grouped, ordered))
                    .params(where.parameters())
                    .query(row -> {
                        var key = new LinkedHashMap<String, @Nullable String>();
                        for (var group : groups) {
                            key.put(group.code(), row.getString(group.code()));
                        }
                        rows.computeIfAbsent(key, fresh -> new ArrayList<>())
                                .add(Total.of(
                                        row.getString("currency"), row.getBigDecimal("amount"), row.getLong("count")));
                    });
            return new Spending(
                    groups.stream().map(SpendingGroup::code).toList(),
                    rows.entrySet().stream()
                            .map(row -> new Spending.Row(row.getKey(), row.getValue()))
                            .toList(),
                    state.asOf(),
                    state.incomplete());
        });
    }
}
