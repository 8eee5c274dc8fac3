package io.mealexpense.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of a read model that sums up the rows of another one that are not deleted.
 *
 * @param projection who keeps both
 * @param rows the table that is summed up
 * @param keys its key columns, and what each is of a row
 */
record SumTable(String projection, String name, String rows, Map<String, String> keys) implements SummedTable {

    static final List<SumTable> ALL = List.of(
            new SumTable("expense-list", "expense_list_total", "expense_list_item", byDay()),
            new SumTable(
                    "expense-list",
                    "expense_list_month_total",
                    "expense_list_item",
                    byMonth("date_trunc('month', spent_on::timestamp)::date")),
            new SumTable("monthly-report", "monthly_report_total", "monthly_report_line", byMonth("month")),
            new SumTable("category-spend", "category_spend_total", "category_spend_line", byDay()));

    private static Map<String, String> byDay() {
        var keys = new LinkedHashMap<String, String>();
        List.of("owner_id", "spent_on", "category_id", "meal_type", "currency").forEach(key -> keys.put(key, key));
        return keys;
    }

    private static Map<String, String> byMonth(String month) {
        var keys = new LinkedHashMap<String, String>();
        keys.put("owner_id", "owner_id");
        keys.put("month", month);
        keys.put("currency", "currency");
        return keys;
    }

    @Override
    public List<String> keyNames() {
        return List.copyOf(keys.keySet());
    }

    /** Rows with nothing in them are left over where something was, and are no mistake. */
    @Override
    public String differences(String schema) {
        var names = String.join(", ", keys.keySet());
        return """
                SELECT %2$s, sum(amount), sum(count), sum(row_amount), sum(row_count), bool_or(is_there),
                       NULL
                  FROM (SELECT %3$s, amount, count, 0 AS row_amount, 0 AS row_count, true AS is_there
                          FROM %1$s.%4$s
                        UNION ALL
                        SELECT %5$s, 0, 0, amount, 1, false
                          FROM %1$s.%6$s
                         WHERE NOT deleted) both_sides
                 GROUP BY %3$s
                HAVING sum(amount) <> sum(row_amount) OR sum(count) <> sum(row_count)
                 ORDER BY %3$s
                 LIMIT ?
                """.formatted(
                        schema,
                        keys.keySet().stream().map(key -> key + "::text").collect(Collectors.joining(", ")),
                        names,
                        name,
                        String.join(", ", keys.values()),
                        rows);
    }
}
