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

    /** Puts the row into the batch that is being gathered. */
    public void add(R row) {
        Batch.part(table.name(), AppendedPart::new).rows.add(row);
    }

    public List<ReadModelTable> tables() {
        return List.of(table.described());
    }

    private final class AppendedPart implements Batch.Part {

        private final List<R> rows = new ArrayList<>();

        @Override
        public void write() {
            table.add(rows);
        }

        @Override
        public void copy(List<CopyRows> copies) {
            table.copy(copies, rows);
        }
    }
}
