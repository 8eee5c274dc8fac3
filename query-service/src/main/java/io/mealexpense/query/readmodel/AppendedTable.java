package io.mealexpense.query.readmodel;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One row per event, written once; the first column tells whether it was. */
public final class AppendedTable<R extends Record> {

    private final Table<R> table;

    public AppendedTable(JdbcClient jdbc, String name, Class<R> type) {
        this.table = new Table<>(jdbc, name, type);
    }

    /** Puts the row into the batch of the current unit of work. */
    public void add(R row) {
        Batch.current(table.name(), AppendedBatch::new).rows.add(row);
    }

    private final class AppendedBatch implements Batch {

        private final List<R> rows = new ArrayList<>();

        @Override
        public void flush() {
            table.add(rows);
        }
    }
}
