package io.mealexpense.query.expenselist;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a category is called in an export; archived ones keep their name. */
record CategoryName(UUID categoryId, UUID ownerId, long sequence, String name) implements SequencedRow {

    @Override
    public UUID rowId() {
        return categoryId;
    }

    static CategoryName after(@Nullable CategoryName before, Fact<CategoryEvent> fact) {
        return switch (fact.event()) {
            case CategoryCreated event ->
                new CategoryName(event.categoryId(), event.ownerId(), fact.sequence(), event.name());
            case CategoryAmended event ->
                new CategoryName(event.categoryId(), event.ownerId(), fact.sequence(), event.name());
            case CategoryArchived event ->
                new CategoryName(
                        event.categoryId(),
                        event.ownerId(),
                        fact.sequence(),
                        Objects.requireNonNull(before).name());
        };
    }
}
