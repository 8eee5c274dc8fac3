package io.mealexpense.query.imports;

import io.mealexpense.events.ImportEvent;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.FoldedTable;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.readmodel.TotalTable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what every import did and brought. What becomes of an expense later is no business of its import. */
@Component
@ProcessingGroup(ImportsProjection.GROUP)
class ImportsProjection implements Projection {

    static final String GROUP = "imports";

    private final FoldedTable<ImportEvent, ImportRow> imports;
    private final FoldedTable<MealExpenseRecorded, ImportedExpense> expenses;

    ImportsProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        imports = new FoldedTable<>(jdbc, "import_item", ImportRow.class, ImportRow::after);
        expenses = new FoldedTable<>(jdbc, "import_expense", ImportedExpense.class, ImportedExpense::after)
                .summedIn(
                        new TotalTable<>(jdbc, "import_expense_total", ImportedExpense.TotalKey.class),
                        ImportedExpense::counted);
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return Stream.concat(imports.tables().stream(), expenses.tables().stream())
                .toList();
    }

    @EventHandler
    void on(ImportEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        imports.handle(event.importId(), new Fact<>(sequence, at, event));
    }

    @EventHandler
    void on(MealExpenseRecorded event, @SequenceNumber long sequence, @Timestamp Instant at) {
        if (event.importId() != null) {
            expenses.handle(event.mealExpenseId(), new Fact<>(sequence, at, event));
        }
    }
}
