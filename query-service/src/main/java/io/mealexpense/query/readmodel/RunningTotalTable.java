package io.mealexpense.query.readmodel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * What rows summed up to after every position that changed it: one row per key and position. As of a position, the sums
 * are those of the last row of each key up to it; the first row of each key is marked, so that keys are found without
 * reading all their rows.
 *
 * <p>Events nearly always come in the order of the log. One that was put aside and is taken later does not: then the
 * rows behind it are moved too.
 */
public final class RunningTotalTable<K extends Record> {

    private static final Sum NOTHING = new Sum(BigDecimal.ZERO, 0);

    private final JdbcClient jdbc;
    private final String name;
    private final List<String> keys;
    private final String insertion;
    private final String latest;
    private final String sameKey;
    private final CopyFormat<K> copyFormat;

    /** Sums {@code amount} and {@code count} by the components of the key, none of which may be absent. */
    public RunningTotalTable(JdbcClient jdbc, String name, Class<K> key) {
        this.jdbc = jdbc;
        this.name = name;
        this.keys = Table.columnsOf(key);
        this.copyFormat = new CopyFormat<>(key);
        var listed = String.join(", ", keys);
        this.sameKey = keys.stream().map("t.%1$s = k.%1$s"::formatted).collect(Collectors.joining(" AND "));
        this.insertion = """
                INSERT INTO %1$s (%2$s, position, amount, count, is_first)
                SELECT %2$s, position, amount, count, is_first FROM json_populate_recordset(NULL::%1$s, ?::json)
                """.formatted(name, listed);
        this.latest = """
                SELECT k.ordinality, last.position, last.amount, last.count
                  FROM json_populate_recordset(NULL::%1$s, ?::json) WITH ORDINALITY AS k
                 CROSS JOIN LATERAL (SELECT t.position, t.amount, t.count FROM %1$s t
                                      WHERE %2$s AND t.position < k.position
                                      ORDER BY t.position DESC LIMIT 1) last
                """.formatted(name, sameKey);
    }

    ReadModelTable described() {
        var key = new ArrayList<>(keys);
        key.add("position");
        return new ReadModelTable(name, key, ReadModelTable.Kind.RUNNING_TOTALS);
    }

    /** What was added at a position. */
    private record Addition<K>(K key, long position, Sum sum) {}

    /** A key's last row. */
    private record Last(long position, Sum sum) {}

    <R> void move(List<Step<R>> steps, TotalTable.Contribution<R, K> contribution) {
        var additions = new LinkedHashMap<K, TreeMap<Long, Sum>>();
        for (var addition : additions(steps, contribution)) {
            additions.computeIfAbsent(addition.key(), key -> new TreeMap<>()).put(addition.position(), addition.sum());
        }
        if (additions.isEmpty()) {
            return;
        }
        var lasts = lasts(additions.keySet(), Long.MAX_VALUE);
        var rows = new ArrayList<ObjectNode>();
        additions.forEach((key, sums) -> {
            var last = lasts.get(key);
            if (last != null && last.position() > sums.firstKey()) {
                sums.forEach((position, sum) -> insertBefore(key, position, sum));
                return;
            }
            var running = last == null ? NOTHING : last.sum();
            var first = last == null;
            for (var sum : sums.entrySet()) {
                running = running.plus(sum.getValue());
                rows.add(row(key, sum.getKey(), running, first));
                first = false;
            }
        });
        insert(rows);
    }

    private Map<K, Last> lasts(Iterable<K> among, long before) {
        var asked = new ArrayList<K>();
        among.forEach(asked::add);
        var lasts = new HashMap<K, Last>();
        jdbc.sql(latest)
                .param(ReadModelJson.MAPPER.writeValueAsString(asked.stream()
                        .map(key -> row(key, before, NOTHING, false))
                        .toList()))
                .query(row -> {
                    lasts.put(
                            asked.get(row.getInt("ordinality") - 1),
                            new Last(
                                    row.getLong("position"),
                                    new Sum(row.getBigDecimal("amount"), row.getLong("count"))));
                });
        return lasts;
    }

    private void insert(List<ObjectNode> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(insertion)
                    .param(ReadModelJson.MAPPER.writeValueAsString(rows))
                    .update();
        }
    }

    /** Puts a late one where it belongs, and moves what comes behind it. */
    private void insertBefore(K key, long position, Sum sum) {
        var last = lasts(List.of(key), position).get(key);
        jdbc.sql("""
                        UPDATE %1$s t SET amount = t.amount + k.amount, count = t.count + k.count, is_first = %3$s
                          FROM json_populate_recordset(NULL::%1$s, ?::json) k
                         WHERE %2$s AND t.position > k.position
                        """.formatted(name, sameKey, last == null ? "false" : "t.is_first"))
                .param(ReadModelJson.MAPPER.writeValueAsString(List.of(row(key, position, sum, false))))
                .update();
        insert(List.of(row(key, position, last == null ? sum : last.sum().plus(sum), last == null)));
    }

    /** Adds the differences to what is to be copied beside the table; they are summed up when all are there. */
    <R> void copy(List<CopyRows> copies, List<Step<R>> steps, TotalTable.Contribution<R, K> contribution) {
        var columns = new ArrayList<>(keys);
        columns.addAll(List.of("position", "amount", "count", "is_first"));
        copyFormat.add(
                copies,
                name + TotalTable.PARTIAL,
                columns,
                additions(steps, contribution),
                Addition::key,
                (buffer, addition) -> {
                    buffer.int8(addition.position());
                    buffer.numeric(addition.sum().amount());
                    buffer.int8(addition.sum().count());
                    buffer.bool(false);
                });
    }

    private static <R, K> List<Addition<K>> additions(List<Step<R>> steps, TotalTable.Contribution<R, K> contribution) {
        var additions = new ArrayList<Addition<K>>();
        for (var step : steps) {
            var sums = new HashMap<K, Sum>(contribution.of(step.after()));
            if (step.before() != null) {
                contribution.of(step.before()).forEach((key, sum) -> sums.merge(key, sum.negated(), Sum::plus));
            }
            sums.forEach((key, sum) -> {
                if (!sum.isNothing()) {
                    additions.add(new Addition<>(key, step.position(), sum));
                }
            });
        }
        return additions;
    }

    private ObjectNode row(K key, long position, Sum sum, boolean first) {
        ObjectNode row = ReadModelJson.MAPPER.valueToTree(key);
        return row.put("position", position)
                .put("amount", sum.amount().toPlainString())
                .put("count", sum.count())
                .put("is_first", first);
    }
}
