package io.mealexpense.query.readmodel;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements about a table of running totals.
 *
 * @param name of the table
 * @param keys columns of its key without the position, the owner first
 */
record RunningTotalSql(String name, List<String> keys) {

    private String listed() {
        return String.join(", ", keys);
    }

    private List<String> overallKeys() {
        return keys.subList(1, keys.size());
    }

    private static String same(List<String> columns, String one, String other) {
        return columns.stream()
                .map(column -> "%s.%s = %s.%2$s".formatted(one, column, other))
                .collect(Collectors.joining(" AND "));
    }

    private static String of(String table, List<String> columns) {
        return columns.stream().map(column -> table + "." + column).collect(Collectors.joining(", "));
    }

    /** Its parameter is an array of rows in JSON. */
    String insertion() {
        return """
                INSERT INTO %1$s (%2$s, position, amount, count, is_first, overall_amount, overall_count)
                SELECT %2$s, position, amount, count, is_first, overall_amount, overall_count
                  FROM json_populate_recordset(NULL::%1$s, ?::json)
                """.formatted(name, listed());
    }

    /** Where keys stand below a position, each by itself and all owners together; its parameter is an array as above. */
    String ends() {
        return """
                SELECT k.ordinality, own.position AS own_position, own.amount AS own_amount, own.count AS own_count,
                       overall.position AS overall_position, overall.amount AS overall_amount, overall.count AS overall_count
                  FROM json_populate_recordset(NULL::%1$s, ?::json) WITH ORDINALITY AS k
                  LEFT JOIN LATERAL (SELECT t.position, t.amount, t.count FROM %1$s t
                                      WHERE %2$s AND t.position < k.position
                                      ORDER BY t.position DESC LIMIT 1) own ON true
                  LEFT JOIN LATERAL (%3$s) overall ON true
                """.formatted(name, same(keys, "t", "k"), overall("k", "k.position - 1"));
    }

    /** Adds to the rows of a key behind a position; its parameter is an array as above, its other one SQL. */
    String moving(String isFirst) {
        return """
                UPDATE %1$s t SET amount = t.amount + k.amount, count = t.count + k.count, is_first = %3$s
                  FROM json_populate_recordset(NULL::%1$s, ?::json) k
                 WHERE %2$s AND t.position > k.position
                """.formatted(name, same(keys, "t", "k"), isFirst);
    }

    /** Adds to what all owners came to behind a position; what is not known stays so. */
    String movingOverall() {
        return """
                UPDATE %1$s t SET overall_amount = t.overall_amount + k.amount,
                                  overall_count = t.overall_count + k.count
                  FROM json_populate_recordset(NULL::%1$s, ?::json) k
                 WHERE %2$s AND t.position > k.position
                """.formatted(name, same(overallKeys(), "t", "k"));
    }

    /** One look into the index for each key that ever was, instead of reading all that its sums have been. */
    String asOf(long position) {
        return """
                (SELECT %2$s, sums.amount, sums.count
                   FROM %1$s k
                  CROSS JOIN LATERAL (SELECT t.amount, t.count FROM %1$s t
                                       WHERE %3$s AND t.position <= %4$d
                                       ORDER BY t.position DESC LIMIT 1) sums
                  WHERE k.is_first AND k.position <= %4$d)""".formatted(name, of("k", keys), same(keys, "t", "k"), position);
    }

    /** The same for all owners together; what there is to be found is found one after the other in the index. */
    String overallAsOf(long position) {
        var overall = overallKeys();
        return """
                (WITH RECURSIVE k AS (
                    (SELECT %2$s FROM %1$s ORDER BY %2$s LIMIT 1)
                     UNION ALL
                    SELECT next.* FROM k CROSS JOIN LATERAL (
                           SELECT %2$s FROM %1$s t WHERE (%3$s) > (%4$s) ORDER BY %2$s LIMIT 1) next)
                 SELECT %4$s, sums.amount, sums.count FROM k CROSS JOIN LATERAL (%5$s) sums)""".formatted(
                        name,
                        String.join(", ", overall),
                        of("t", overall),
                        of("k", overall),
                        overall("k", Long.toString(position)));
    }

    /** What all owners came to at the last position up to the given one; no row if there was none. */
    private String overall(String among, String position) {
        return """
                SELECT w.position, coalesce(w.overall_amount, %4$s) AS amount, coalesce(w.overall_count, %5$s) AS count
                  FROM (SELECT t.position, t.overall_amount, t.overall_count FROM %1$s t
                         WHERE %2$s AND t.position <= %3$s ORDER BY t.position DESC LIMIT 1) w
                """.formatted(
                        name,
                        same(overallKeys(), "t", among),
                        position,
                        addedUp("amount", among, position),
                        addedUp("count", among, position));
    }

    private String addedUp(String column, String among, String position) {
        return """
                (SELECT sum(s.%2$s) FROM %1$s f
                  CROSS JOIN LATERAL (SELECT t.%2$s FROM %1$s t WHERE %3$s AND t.position <= %5$s
                                       ORDER BY t.position DESC LIMIT 1) s
                  WHERE f.is_first AND %4$s AND f.position <= %5$s)""".formatted(name, column, same(keys, "t", "f"), same(overallKeys(), "f", among), position);
    }
}
