package io.mealexpense.query.versions;

import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.readmodel.RunningTotalTable;
import io.mealexpense.query.readmodel.VersionTable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every state that expenses and categories ever had, and what each month summed up to after every change. */
@Component
@ProcessingGroup(ExpenseVersionsProjection.GROUP)
class ExpenseVersionsProjection implements Projection {

    static final String GROUP = "expense-versions";

    private final VersionTable<Occurrence, ExpenseVersion> expenses;
    private final VersionTable<CategoryEvent, CategoryVersion> categories;

    ExpenseVersionsProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        expenses = new VersionTable<>(
                        jdbc, "expense_version", ExpenseVersion.class, ExpenseVersion::after, ExpenseVersion::completed)
                .summedIn(
                        new RunningTotalTable<>(jdbc, VersionedPast.MONTH_TOTALS, ExpenseRow.MonthKey.class),
                        ExpenseVersion::countedInMonth);
        categories = new VersionTable<>(
                jdbc, "category_version", CategoryVersion.class, CategoryVersion::after, UnaryOperator.identity());
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
    void on(MealExpenseEvent event, DomainEventMessage<?> message, TrackingToken token) {
        var actor = (String) message.getMetaData().get(EventMetadata.ACTOR_ID);
        expenses.handle(
                event.mealExpenseId(),
                new Fact<>(message.getSequenceNumber(), message.getTimestamp(), new Occurrence(event, actor)),
                token.position().orElseThrow());
    }

    @EventHandler
    void on(CategoryEvent event, DomainEventMessage<?> message, TrackingToken token) {
        categories.handle(
                event.categoryId(),
                new Fact<>(message.getSequenceNumber(), message.getTimestamp(), event),
                token.position().orElseThrow());
    }
}
