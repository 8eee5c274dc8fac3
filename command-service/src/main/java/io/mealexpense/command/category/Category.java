package io.mealexpense.command.category;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.mealexpense.command.category.CategoryCommand.AmendCategory;
import io.mealexpense.command.category.CategoryCommand.ArchiveCategory;
import io.mealexpense.command.category.CategoryCommand.CreateCategory;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** A kind of expense one account sorts by. */
@Aggregate
public class Category {

    @AggregateIdentifier
    private CategoryId id;

    private UUID ownerId;
    private boolean archived;

    /** For Axon, which fills it from its events. */
    Category() {}

    @CommandHandler
    public Category(CreateCategory command) {
        var look = command.look();
        apply(new CategoryCreated(command.id().value(), command.ownerId(), look.name(), look.colour(), look.icon()));
    }

    @CommandHandler
    void handle(AmendCategory command) {
        requireChangeable(command.actor(), command.expectedVersion());
        var look = command.look();
        apply(new CategoryAmended(id.value(), ownerId, look.name(), look.colour(), look.icon()));
    }

    @CommandHandler
    void handle(ArchiveCategory command) {
        requireChangeable(command.actor(), command.expectedVersion());
        apply(new CategoryArchived(id.value(), ownerId));
    }

    private void requireChangeable(Actor actor, long expectedVersion) {
        if (!actor.accountId().equals(ownerId)) {
            throw new CategoryRefused.NotYours();
        }
        if (archived) {
            throw new CategoryRefused.Archived(getVersion());
        }
        if (expectedVersion != getVersion()) {
            throw new CategoryRefused.StaleVersion(getVersion());
        }
    }

    @EventSourcingHandler
    void on(CategoryCreated event) {
        id = new CategoryId(event.categoryId());
        ownerId = event.ownerId();
    }

    @EventSourcingHandler
    void on(CategoryArchived event) {
        archived = true;
    }
}
