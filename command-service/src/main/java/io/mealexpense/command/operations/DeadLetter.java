package io.mealexpense.command.operations;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.mealexpense.command.operations.DeadLetterCommand.DiscardDeadLetter;
import io.mealexpense.command.operations.DeadLetterCommand.RetryDeadLetter;
import io.mealexpense.events.DeadLetterDiscarded;
import io.mealexpense.events.DeadLetterEvent;
import io.mealexpense.events.DeadLetterRetried;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * What operators decided about the dead letters that one projection has of one subject. Whether it has any is known
 * where they are kept, on the query side, which says of every act what came of it.
 */
@Aggregate
public class DeadLetter {

    @AggregateIdentifier
    private DeadLetterId id;

    /** For Axon, which fills it from its events. */
    DeadLetter() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RetryDeadLetter command) {
        apply(new DeadLetterRetried(
                command.id().value(), command.projection().value(), command.subjectId(), command.reason()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DiscardDeadLetter command) {
        apply(new DeadLetterDiscarded(
                command.id().value(), command.projection().value(), command.subjectId(), command.reason()));
    }

    @EventSourcingHandler
    void on(DeadLetterEvent event) {
        id = new DeadLetterId(event.deadLetterId());
    }
}
