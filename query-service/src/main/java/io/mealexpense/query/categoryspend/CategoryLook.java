package io.mealexpense.query.categoryspend;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a category is called and looks like in the report; archived ones keep their look. */
record CategoryLook(UUID categoryId, UUID ownerId, long sequence, String name, String colour, String icon)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return categoryId;
    }

    static CategoryLook after(@Nullable CategoryLook before, Fact<CategoryEvent> fact) {
        return switch (fact.event()) {
            case CategoryCreated event ->
                new CategoryLook(
                        event.categoryId(),
                        event.ownerId(),
                        fact.sequence(),
                        event.name(),
                        event.colour(),
                        event.icon());
            case CategoryAmended event ->
                new CategoryLook(
                        event.categoryId(),
                        event.ownerId(),
                        fact.sequence(),
                        event.name(),
                        event.colour(),
                        event.icon());
            case CategoryArchived event -> {
                var look = Objects.requireNonNull(before);
                yield new CategoryLook(
                        look.categoryId, look.ownerId, fact.sequence(), look.name, look.colour, look.icon);
            }
        };
    }
}
