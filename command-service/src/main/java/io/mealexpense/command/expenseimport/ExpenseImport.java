package io.mealexpense.command.expenseimport;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.mealexpense.command.expenseimport.ExpenseImportCommand.ApplyImport;
import io.mealexpense.events.ImportApplied;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** One file of one account; each time it is read adds one event, under an {@code Idempotency-Key} only the first. */
@Aggregate
public class ExpenseImport {

    @AggregateIdentifier
    private ImportId id;

    /** For Axon, which fills it from its events. */
    ExpenseImport() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ApplyImport command) {
        apply(new ImportApplied(
                command.id().value(),
                command.actor().accountId(),
                command.fileHash(),
                command.recorded(),
                command.same(),
                command.refused()));
    }

    @EventSourcingHandler
    void on(ImportApplied event) {
        id = new ImportId(event.importId());
    }
}
