package io.mealexpense.query.versions;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A category as one of its events left it. */
record CategoryVersion(
        UUID categoryId, UUID ownerId, long sequence, String name, String colour, String icon, boolean archived)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return categoryId;
    }

    static CategoryVersion after(@Nullable CategoryVersion before, Fact<CategoryEvent> fact) {
        return switch (fact.event()) {
            case CategoryCreated event ->
                new CategoryVersion(
                        event.categoryId(),
                        event.ownerId(),
                        fact.sequence(),
                        event.name(),
                        event.colour(),
                        event.icon(),
                        false);
            case CategoryAmended event -> {
                var row = Objects.requireNonNull(before);
                yield new CategoryVersion(
                        row.categoryId,
                        row.ownerId,
                        fact.sequence(),
                        event.name(),
                        event.colour(),
                        event.icon(),
                        row.archived);
            }
            case CategoryArchived event -> {
                var row = Objects.requireNonNull(before);
                yield new CategoryVersion(
                        row.categoryId, row.ownerId, fact.sequence(), row.name, row.colour, row.icon, true);
            }
        };
    }
}
