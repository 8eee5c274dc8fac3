package io.mealexpense.query.categoryspend;

import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.MealExpenseEvent;
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

/** Keeps what was spent by owner, day, category, meal type and currency, and what the categories look like. */
@Component
@ProcessingGroup(CategorySpendProjection.GROUP)
class CategorySpendProjection implements Projection {

    static final String GROUP = "category-spend";

    private final FoldedTable<MealExpenseEvent, CategorySpendLine> lines;
    private final FoldedTable<CategoryEvent, CategoryLook> categories;

    CategorySpendProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        lines = new FoldedTable<>(jdbc, "category_spend_line", CategorySpendLine.class, CategorySpendLine::after)
                .summedIn(
                        new TotalTable<>(jdbc, "category_spend_total", CategorySpendLine.TotalKey.class),
                        CategorySpendLine::counted);
        categories = new FoldedTable<>(jdbc, "category_spend_category", CategoryLook.class, CategoryLook::after);
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return Stream.of(lines, categories)
                .flatMap(table -> table.tables().stream())
                .toList();
    }

    @EventHandler
    void on(MealExpenseEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        lines.handle(event.mealExpenseId(), new Fact<>(sequence, at, event));
    }

    @EventHandler
    void on(CategoryEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        categories.handle(event.categoryId(), new Fact<>(sequence, at, event));
    }
}
