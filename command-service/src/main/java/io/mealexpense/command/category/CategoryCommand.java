package io.mealexpense.command.category;

import io.mealexpense.edge.security.Actor;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a category. */
public sealed interface CategoryCommand {

    CategoryId id();

    record CreateCategory(@TargetAggregateIdentifier CategoryId id, UUID ownerId, CategoryLook look)
            implements CategoryCommand {}

    /**
     * @param expectedVersion the version the actor has seen
     */
    record AmendCategory(@TargetAggregateIdentifier CategoryId id, Actor actor, long expectedVersion, CategoryLook look)
            implements CategoryCommand {}

    /**
     * @param expectedVersion the version the actor has seen
     */
    record ArchiveCategory(@TargetAggregateIdentifier CategoryId id, Actor actor, long expectedVersion)
            implements CategoryCommand {}
}
