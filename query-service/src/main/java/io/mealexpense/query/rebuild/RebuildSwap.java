package io.mealexpense.query.rebuild;

import io.mealexpense.query.readmodel.ReadModelTable;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What changes at a swap, in the transaction that holds the live token. */
final class RebuildSwap {

    private final JdbcClient jdbc;
    private final RebuildTask task;

    RebuildSwap(JdbcClient jdbc, RebuildTask task) {
        this.jdbc = jdbc;
        this.task = task;
    }

    void swap(String projection, long old, List<ReadModelTable> tables) {
        jdbc.sql("""
                        UPDATE read_model.projection_token live
                           SET generation = copy.generation, position = copy.position
                          FROM read_model.projection_token copy
                         WHERE live.projection = ? AND copy.projection = ?
                        """).params(projection, task.token(projection)).update();
        jdbc.sql("DELETE FROM read_model.projection_token WHERE projection = ?")
                .param(task.token(projection))
                .update();
        jdbc.sql("DELETE FROM read_model.dead_letter WHERE projection = ? AND generation = ?")
                .params(projection, old)
                .update();
        tables.forEach(table -> jdbc.sql("INSERT INTO read_model.retired_table (generation, table_name) VALUES (?, ?)"
                        + " ON CONFLICT DO NOTHING")
                .params(old, table.name())
                .update());
    }
}
