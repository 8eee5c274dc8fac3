package io.mealexpense.query.rebuild;

import io.mealexpense.query.eventstream.Projector;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.readmodel.TotalTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of copies: made, given their indexes, and dropped when no reader can have them in mind any more. */
final class Generations {

    /** Seconds; a read looks its tables up first, and the slowest export is done with the look-up long before. */
    private static final int KEPT_SECONDS = 60;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Generations(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Makes empty tables without indexes; what was left there of an earlier attempt is gone. */
    void create(RebuildTask task, Collection<Projector> projectors) {
        jdbc.sql("SELECT read_model.create_generation(?, ?::text[], ?::text[])")
                .params(
                        task.generation(),
                        names(projectors, table -> !table.isSummedUp()),
                        names(projectors, ReadModelTable::isSummedUp))
                .query((row, number) -> true)
                .single();
    }

    private static String names(Collection<Projector> projectors, Predicate<ReadModelTable> which) {
        var names = new ArrayList<String>();
        tables(projectors).stream().filter(which).forEach(table -> names.add(table.name()));
        return "{" + String.join(",", names) + "}";
    }

    static List<ReadModelTable> tables(Collection<Projector> projectors) {
        return projectors.stream()
                .flatMap(projector -> projector.projection().tables().stream())
                .toList();
    }

    /** Sums totals up from what the chunks added to them, which is gone then, and makes the indexes. */
    void complete(RebuildTask task, ReadModelTable table) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '64MB';"
                            + " SET LOCAL maintenance_work_mem = '128MB'")
                    .update();
            if (table.isSummedUp()) {
                sumUp(task, table);
            }
            jdbc.sql("SELECT read_model.index_generation(?, ?)")
                    .params(task.generation(), table.name())
                    .query((row, number) -> true)
                    .single();
        });
    }

    private void sumUp(RebuildTask task, ReadModelTable table) {
        var partial = task.schema() + "." + table.name() + TotalTable.PARTIAL;
        var isThere = jdbc.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(partial)
                .query(Boolean.class)
                .single();
        if (isThere) {
            jdbc.sql(
                            table.kind() == ReadModelTable.Kind.RUNNING_TOTALS
                                    ? runningTotals(task.schema(), table, partial)
                                    : totals(task.schema(), table, partial))
                    .update();
        }
    }

    private static String totals(String schema, ReadModelTable table, String partial) {
        return """
                INSERT INTO %1$s.%2$s (%3$s, amount, count)
                SELECT %3$s, sum(amount), sum(count) FROM %4$s
                 GROUP BY %3$s HAVING sum(count) <> 0 OR sum(amount) <> 0
                """.formatted(schema, table.name(), String.join(", ", table.key()), partial);
    }

    private static String runningTotals(String schema, ReadModelTable table, String partial) {
        var keys = table.key().subList(0, table.key().size() - 1);
        return """
                INSERT INTO %1$s.%2$s (%3$s, position, amount, count, is_first, overall_amount, overall_count)
                SELECT %3$s, position, sum(amount) OVER up_to, sum(count) OVER up_to, lag(position) OVER up_to IS NULL,
                       sum(amount) OVER overall, sum(count) OVER overall
                  FROM %4$s
                WINDOW up_to AS (PARTITION BY %3$s ORDER BY position),
                       overall AS (PARTITION BY %5$s ORDER BY position)
                """.formatted(
                        schema,
                        table.name(),
                        String.join(", ", keys),
                        partial,
                        String.join(", ", keys.subList(1, keys.size())));
    }

    /** Drops a copy that will not be live, and what it put aside. */
    void abandon(RebuildTask task, Collection<ReadModelTable> tables) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("DELETE FROM read_model.dead_letter WHERE generation = ?")
                    .param(task.generation())
                    .update();
            tables.forEach(table -> jdbc.sql("SELECT read_model.drop_retired(?, ?)")
                    .params(task.generation(), table.name())
                    .query((row, number) -> true)
                    .single());
        });
    }

    private record Retired(long generation, String table) {}

    boolean hasRetired() {
        return !retired().isEmpty();
    }

    private List<Retired> retired() {
        return jdbc.sql("SELECT generation, table_name FROM read_model.retired_table"
                        + " WHERE retired_at < clock_timestamp() - make_interval(secs => ?)")
                .param(KEPT_SECONDS)
                .query((row, number) -> new Retired(row.getLong("generation"), row.getString("table_name")))
                .list();
    }

    /** Drops what was retired long enough ago; a table that a slow reader still holds is left for the next time. */
    void dropRetired(Collection<Projector> projectors) {
        Map<String, String> owners = new HashMap<>();
        projectors.forEach(projector -> projector
                .projection()
                .tables()
                .forEach(
                        table -> owners.put(table.name(), projector.projection().group())));
        for (var retired : retired()) {
            transactions.executeWithoutResult(status -> {
                jdbc.sql("SET LOCAL lock_timeout = '1s'").update();
                if (!isLive(retired, owners.get(retired.table()))) {
                    jdbc.sql("SELECT read_model.drop_retired(?, ?)")
                            .params(retired.generation(), retired.table())
                            .query((row, number) -> true)
                            .single();
                }
                jdbc.sql("DELETE FROM read_model.retired_table WHERE generation = ? AND table_name = ?")
                        .params(retired.generation(), retired.table())
                        .update();
            });
        }
    }

    /** A token that was lost begins again in generation 0, whatever had been made of it. */
    private boolean isLive(Retired retired, @Nullable String projection) {
        return projection != null
                && jdbc.sql("SELECT generation FROM read_model.projection_token WHERE projection = ? FOR UPDATE")
                        .param(projection)
                        .query(Long.class)
                        .optional()
                        .filter(live -> live == retired.generation())
                        .isPresent();
    }
}
