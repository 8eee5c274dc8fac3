package io.mealexpense.query.expenselist;

import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.expense.ExpenseRow;
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

/** Keeps every expense with its content, the totals a list shows, and the names an export shows. */
@Component
@ProcessingGroup(ExpenseListProjection.GROUP)
class ExpenseListProjection implements Projection {

    static final String GROUP = "expense-list";

    private final FoldedTable<MealExpenseEvent, ExpenseRow> expenses;
    private final FoldedTable<CategoryEvent, CategoryName> categories;

    ExpenseListProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        expenses = new FoldedTable<>(
                        jdbc, "expense_list_item", ExpenseRow.class, ExpenseRow::after, ExpenseRow::completed)
                .summedIn(new TotalTable<>(jdbc, "expense_list_total", ExpenseRow.TotalKey.class), ExpenseRow::counted)
                .summedIn(
                        new TotalTable<>(jdbc, "expense_list_month_total", ExpenseRow.MonthKey.class),
                        ExpenseRow::countedInMonth);
        categories = new FoldedTable<>(jdbc, "expense_list_category", CategoryName.class, CategoryName::after);
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return Stream.of(expenses, categories)
                .flatMap(table -> table.tables().stream())
                .toList();
    }

    @EventHandler
    void on(MealExpenseEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        expenses.handle(event.mealExpenseId(), new Fact<>(sequence, at, event));
    }

    @EventHandler
    void on(CategoryEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        categories.handle(event.categoryId(), new Fact<>(sequence, at, event));
    }
}
