package io.mealexpense.query.categories;

import io.mealexpense.events.CategoryEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.FoldedTable;
import io.mealexpense.query.readmodel.ReadModelTable;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the categories, the archived ones too. */
@Component
@ProcessingGroup(CategoriesProjection.GROUP)
class CategoriesProjection implements Projection {

    static final String GROUP = "categories";

    private final FoldedTable<CategoryEvent, CategoryRow> categories;

    CategoriesProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        categories = new FoldedTable<>(jdbc, "category_item", CategoryRow.class, CategoryRow::after);
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return categories.tables();
    }

    @EventHandler
    void on(CategoryEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        categories.handle(event.categoryId(), new Fact<>(sequence, at, event));
    }
}
