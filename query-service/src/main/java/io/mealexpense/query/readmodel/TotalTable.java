package io.mealexpense.query.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Sums that answer at once however long the history is: moved by differences, never counted again. */
public final class TotalTable<K extends Record> {

    /** What the table is called whose rows are still to be summed up. */
    public static final String PARTIAL = "_partial";

    private final JdbcClient jdbc;
    private final String name;
    private final List<String> keys;
    private final String statement;
    private final CopyFormat<K> copyFormat;

    /** Sums {@code amount} and {@code count} by the components of the key. */
    public TotalTable(JdbcClient jdbc, String name, Class<K> key) {
        this.jdbc = jdbc;
        this.name = name;
        this.keys = Table.columnsOf(key);
        this.copyFormat = new CopyFormat<>(key);
        this.statement = """
                INSERT INTO %1$s AS total (%2$s, amount, count)
                SELECT %2$s, amount, count FROM json_populate_recordset(NULL::%1$s, ?::json)
                    ON CONFLICT (%2$s) DO UPDATE
                   SET amount = total.amount + excluded.amount, count = total.count + excluded.count
                """.formatted(name, String.join(", ", keys));
    }

    /** What the rows were takes from the sums, what they are adds to them. */
    <R> void move(List<Change<R>> changes, Contribution<R, K> contribution) {
        var differences = differences(changes, contribution);
        if (!differences.isEmpty()) {
            jdbc.sql(statement)
                    .param(ReadModelJson.MAPPER.writeValueAsString(differences.entrySet().stream()
                            .map(entry -> row(entry.getKey(), entry.getValue()))
                            .toList()))
                    .update();
        }
    }

    /** Adds the differences to what is to be copied beside the table; they are summed up when all are there. */
    <R> void copy(List<CopyRows> copies, List<Change<R>> changes, Contribution<R, K> contribution) {
        var columns = new ArrayList<>(keys);
        columns.add("amount");
        columns.add("count");
        copyFormat.add(copies, name + PARTIAL, columns, differences(changes, contribution));
    }

    private <R> Map<K, Sum> differences(List<Change<R>> changes, Contribution<R, K> contribution) {
        var differences = new LinkedHashMap<K, Sum>();
        for (var change : changes) {
            if (change.before() != null) {
                contribution
                        .of(change.before())
                        .forEach((key, sum) -> differences.merge(key, sum.negated(), Sum::plus));
            }
            contribution.of(change.after()).forEach((key, sum) -> differences.merge(key, sum, Sum::plus));
        }
        differences.values().removeIf(Sum::isNothing);
        return differences;
    }

    ReadModelTable described() {
        return new ReadModelTable(name, keys, ReadModelTable.Kind.TOTALS);
    }

    private ObjectNode row(K key, Sum sum) {
        ObjectNode row = ReadModelJson.MAPPER.valueToTree(key);
        return row.put("amount", sum.amount().toPlainString()).put("count", sum.count());
    }

    /** What a row counts for; nothing while it is deleted. */
    @FunctionalInterface
    public interface Contribution<R, K> {
        Map<K, Sum> of(R row);
    }
}
