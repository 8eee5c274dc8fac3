package io.mealexpense.query.readmodel;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * What rows summed up to after every position that changed it: one row per key and position. As of a position, the sums
 * are those of the last row of each key up to it; the first row of each key is marked, so that keys are found without
 * reading all their rows.
 *
 * <p>The first column of a key is the owner. A row also knows what all owners came to then, so that everybody's sums are
 * one look as well. A release without these columns leaves them empty; what they should say is then added up from the
 * owners' sums.
 *
 * <p>Events nearly always come in the order of the log. One that was put aside and is taken later does not: then the
 * rows behind it are moved too.
 */
public final class RunningTotalTable<K extends Record> {

    private static final Sum NOTHING = new Sum(BigDecimal.ZERO, 0);

    private final JdbcClient jdbc;
    private final String name;
    private final List<String> keys;
    private final RunningTotalSql sql;
    private final CopyFormat<K> copyFormat;

    /** Sums {@code amount} and {@code count} by the components of the key, none of which may be absent. */
    public RunningTotalTable(JdbcClient jdbc, String name, Class<K> key) {
        this.jdbc = jdbc;
        this.name = name;
        this.keys = Table.columnsOf(key);
        this.sql = new RunningTotalSql(name, keys);
        this.copyFormat = new CopyFormat<>(key);
    }

    /** The sums of each owner at a position, in SQL that stands where the name of a table stands. */
    public static String asOf(String name, Class<? extends Record> key, long position) {
        return new RunningTotalSql(name, Table.columnsOf(key)).asOf(position);
    }

    /** The same for all owners together; it has no column for the owner. */
    public static String overallAsOf(String name, Class<? extends Record> key, long position) {
        return new RunningTotalSql(name, Table.columnsOf(key)).overallAsOf(position);
    }

    ReadModelTable described() {
        var key = new ArrayList<>(keys);
        key.add("position");
        return new ReadModelTable(name, key, ReadModelTable.Kind.RUNNING_TOTALS);
    }

    /** What was added at a position. */
    private record Addition<K>(K key, long position, Sum sum) {}

    /** A position, 0 for none, and what had been summed up by then. */
    private record End(long position, Sum sum) {

        static End of(ResultSet row, String whose) throws SQLException {
            var position = row.getLong(whose + "_position");
            return position == 0
                    ? new End(0, NOTHING)
                    : new End(position, new Sum(row.getBigDecimal(whose + "_amount"), row.getLong(whose + "_count")));
        }
    }

    /** Where a key stands, and all owners together. */
    private record Ends(End own, End overall) {}

    <R> void move(List<Step<R>> steps, TotalTable.Contribution<R, K> contribution) {
        var additions = new LinkedHashMap<K, TreeMap<Long, Sum>>();
        for (var addition : additions(steps, contribution)) {
            additions.computeIfAbsent(addition.key(), key -> new TreeMap<>()).put(addition.position(), addition.sum());
        }
        if (additions.isEmpty()) {
            return;
        }
        var ends = ends(additions.keySet(), Long.MAX_VALUE);
        var late = additions.keySet().stream()
                .filter(key ->
                        ends.get(key).overall().position() > additions.get(key).firstKey())
                .toList();
        late.forEach(key -> additions.remove(key).forEach((position, sum) -> insertBefore(key, position, sum)));
        append(additions, late.isEmpty() ? ends : ends(additions.keySet(), Long.MAX_VALUE));
    }

    private void append(Map<K, TreeMap<Long, Sum>> additions, Map<K, Ends> ends) {
        var rows = new ArrayList<ObjectNode>();
        var overall = new HashMap<ObjectNode, TreeMap<Long, Sum>>();
        additions.forEach((key, sums) -> {
            var all = overall.computeIfAbsent(withoutOwner(key), those -> new TreeMap<>());
            sums.forEach((position, sum) -> all.merge(position, sum, Sum::plus));
        });
        var runningOverall = new HashMap<ObjectNode, TreeMap<Long, Sum>>();
        additions.forEach((key, sums) -> {
            var end = ends.get(key);
            var whole = runningOverall.computeIfAbsent(
                    withoutOwner(key), those -> running(end.overall().sum(), overall.get(those)));
            var isFirst = end.own().position() == 0;
            for (var sum : running(end.own().sum(), sums).entrySet()) {
                rows.add(row(key, sum.getKey(), sum.getValue(), isFirst, whole.get(sum.getKey())));
                isFirst = false;
            }
        });
        insert(rows);
    }

    private static TreeMap<Long, Sum> running(Sum start, TreeMap<Long, Sum> additions) {
        var running = new TreeMap<Long, Sum>();
        var sum = start;
        for (var addition : additions.entrySet()) {
            sum = sum.plus(addition.getValue());
            running.put(addition.getKey(), sum);
        }
        return running;
    }

    private ObjectNode withoutOwner(K key) {
        ObjectNode columns = ReadModelJson.MAPPER.valueToTree(key);
        columns.remove(keys.getFirst());
        return columns;
    }

    private Map<K, Ends> ends(Collection<K> among, long before) {
        if (among.isEmpty()) {
            return Map.of();
        }
        var asked = List.copyOf(among);
        var ends = new HashMap<K, Ends>();
        jdbc.sql(sql.ends())
                .param(ReadModelJson.MAPPER.writeValueAsString(asked.stream()
                        .map(key -> row(key, before, NOTHING, false, NOTHING))
                        .toList()))
                .query(row -> {
                    ends.put(
                            asked.get(row.getInt("ordinality") - 1),
                            new Ends(End.of(row, "own"), End.of(row, "overall")));
                });
        return ends;
    }

    private void insert(List<ObjectNode> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(sql.insertion())
                    .param(ReadModelJson.MAPPER.writeValueAsString(rows))
                    .update();
        }
    }

    /** Puts a late one where it belongs, and moves what comes behind it. */
    private void insertBefore(K key, long position, Sum sum) {
        var ends = ends(List.of(key), position).get(key);
        var isFirst = ends.own().position() == 0;
        var addition = ReadModelJson.MAPPER.writeValueAsString(List.of(row(key, position, sum, false, NOTHING)));
        jdbc.sql(sql.moving(isFirst ? "false" : "t.is_first")).param(addition).update();
        jdbc.sql(sql.movingOverall()).param(addition).update();
        insert(List.of(row(
                key,
                position,
                ends.own().sum().plus(sum),
                isFirst,
                ends.overall().sum().plus(sum))));
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

    private ObjectNode row(K key, long position, Sum sum, boolean first, Sum overall) {
        ObjectNode row = ReadModelJson.MAPPER.valueToTree(key);
        return row.put("position", position)
                .put("amount", sum.amount().toPlainString())
                .put("count", sum.count())
                .put("is_first", first)
                .put("overall_amount", overall.amount().toPlainString())
                .put("overall_count", overall.count());
    }
}
