package io.mealexpense.verify;

import java.util.List;

/**
 * What each month came to after every position that changed it, of the rows that say when each state of an expense held.
 * What all owners came to may be absent: then it is added up whenever it is asked for.
 */
record RunningSumTable() implements SummedTable {

    @Override
    public String projection() {
        return "expense-versions";
    }

    @Override
    public String name() {
        return "expense_version_month_total";
    }

    @Override
    public List<String> keyNames() {
        return List.of("owner_id", "month", "currency", "position");
    }

    @Override
    public String differences(String schema) {
        return """
                WITH step AS (
                    SELECT owner_id, date_trunc('month', spent_on::timestamp)::date AS month, currency,
                           amount, from_position, until_position
                      FROM %1$s.expense_version
                     WHERE NOT deleted),
                change AS (
                    SELECT owner_id, month, currency, position, sum(amount) AS amount, sum(count) AS count
                      FROM (SELECT owner_id, month, currency, from_position AS position, amount, 1 AS count FROM step
                            UNION ALL
                            SELECT owner_id, month, currency, until_position, -amount, -1 FROM step
                             WHERE until_position < %3$d) both_ends
                     GROUP BY owner_id, month, currency, position
                    HAVING sum(amount) <> 0 OR sum(count) <> 0),
                expected AS (
                    SELECT owner_id, month, currency, position, sum(amount) OVER up_to AS amount,
                           sum(count) OVER up_to AS count, lag(position) OVER up_to IS NULL AS is_first,
                           sum(amount) OVER overall AS overall_amount, sum(count) OVER overall AS overall_count
                      FROM change
                    WINDOW up_to AS (PARTITION BY owner_id, month, currency ORDER BY position),
                           overall AS (PARTITION BY month, currency ORDER BY position))
                SELECT owner_id::text, month::text, currency, position::text,
                       coalesce(t.amount, 0), coalesce(t.count, 0), coalesce(e.amount, 0), coalesce(e.count, 0),
                       t.amount IS NOT NULL,
                       CASE WHEN t.is_first <> e.is_first
                            THEN 'is_first: it is ' || t.is_first || ', and ' || e.is_first || ' by the rows of the expenses'
                            WHEN t.overall_amount <> e.overall_amount
                            THEN 'overall_amount: it is ' || t.overall_amount || ', and ' || e.overall_amount
                                 || ' by the rows of the expenses'
                            WHEN t.overall_count <> e.overall_count
                            THEN 'overall_count: it is ' || t.overall_count || ', and ' || e.overall_count
                                 || ' by the rows of the expenses'
                       END
                  FROM %1$s.%2$s t
                  FULL JOIN expected e USING (owner_id, month, currency, position)
                 WHERE t.amount IS DISTINCT FROM e.amount OR t.count IS DISTINCT FROM e.count
                    OR t.is_first IS DISTINCT FROM e.is_first
                    OR t.overall_amount <> e.overall_amount OR t.overall_count <> e.overall_count
                 ORDER BY owner_id, month, currency, position
                 LIMIT ?
                """.formatted(schema, name(), Long.MAX_VALUE);
    }
}
