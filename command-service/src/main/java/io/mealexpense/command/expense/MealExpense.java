package io.mealexpense.command.expense;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.mealexpense.command.eventstore.AggregateMemory;
import io.mealexpense.command.expense.MealExpenseCommand.AmendMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.DeleteMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.RecordMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.RestoreMealExpense;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One meal somebody paid for, from its recording on. */
@Aggregate(cache = AggregateMemory.NAME)
public class MealExpense {

    @AggregateIdentifier
    private MealExpenseId id;

    private UUID ownerId;
    private @Nullable UUID categoryId;
    private boolean deleted;

    /** For Axon, which fills it from its events. */
    MealExpense() {}

    @CommandHandler
    MealExpense(RecordMealExpense command, ExpensePolicy policy) {
        var owner = command.actor().accountId();
        var content = command.content();
        policy.require(content, owner, null);
        apply(new MealExpenseRecorded(
                command.id().value(),
                owner,
                command.importId(),
                content.spentOn(),
                content.spentAt(),
                content.zone(),
                content.amount().amount(),
                content.currency(),
                content.tax(),
                content.tip(),
                content.mealType().code(),
                content.orderTypeCode(),
                content.partySize(),
                content.categoryId(),
                content.restaurantId(),
                content.place(),
                content.tags(),
                content.purpose(),
                content.attendees(),
                content.notes()));
    }

    @CommandHandler
    void handle(AmendMealExpense command, ExpensePolicy policy) {
        requireOwnedBy(command.actor());
        requireAlive();
        requireVersion(command.expectedVersion());
        var content = command.content();
        policy.require(content, ownerId, categoryId);
        apply(new MealExpenseAmended(
                id.value(),
                ownerId,
                content.spentOn(),
                content.spentAt(),
                content.zone(),
                content.amount().amount(),
                content.currency(),
                content.tax(),
                content.tip(),
                content.mealType().code(),
                content.orderTypeCode(),
                content.partySize(),
                content.categoryId(),
                content.restaurantId(),
                content.place(),
                content.tags(),
                content.purpose(),
                content.attendees(),
                content.notes(),
                command.reason()));
    }

    @CommandHandler
    void handle(DeleteMealExpense command) {
        requireOwnedBy(command.actor());
        requireAlive();
        requireVersion(command.expectedVersion());
        apply(new MealExpenseDeleted(id.value(), ownerId, command.reason()));
    }

    @CommandHandler
    void handle(RestoreMealExpense command) {
        requireOwnedBy(command.actor());
        requireVersion(command.expectedVersion());
        if (!deleted) {
            throw new ExpenseRefused.NotDeleted(getVersion());
        }
        apply(new MealExpenseRestored(id.value(), ownerId, command.reason()));
    }

    private void requireOwnedBy(Actor actor) {
        if (!actor.accountId().equals(ownerId)) {
            throw new ExpenseRefused.NotYours();
        }
    }

    private void requireAlive() {
        if (deleted) {
            throw new ExpenseRefused.AlreadyDeleted(getVersion());
        }
    }

    private static void requireVersion(long expected) {
        if (expected != getVersion()) {
            throw new ExpenseRefused.StaleVersion(getVersion());
        }
    }

    @EventSourcingHandler
    void on(MealExpenseRecorded event) {
        id = new MealExpenseId(event.mealExpenseId());
        ownerId = event.ownerId();
        categoryId = event.categoryId();
    }

    @EventSourcingHandler
    void on(MealExpenseAmended event) {
        categoryId = event.categoryId();
    }

    @EventSourcingHandler
    void on(MealExpenseDeleted event) {
        deleted = true;
    }

    @EventSourcingHandler
    void on(MealExpenseRestored event) {
        deleted = false;
    }
}
