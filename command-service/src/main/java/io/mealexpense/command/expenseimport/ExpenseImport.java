package io.mealexpense.command.expenseimport;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.mealexpense.command.expenseimport.ExpenseImportCommand.ApplyImport;
import io.mealexpense.command.expenseimport.ExpenseImportCommand.UndoImport;
import io.mealexpense.events.ImportApplied;
import io.mealexpense.events.ImportUndone;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * One file of one account. Each time it is read adds one event, under an {@code Idempotency-Key} only the first, and so
 * does each time that it is undone, which may come first: what an import recorded can be taken back although it was cut
 * short before its end.
 */
@Aggregate
public class ExpenseImport {

    @AggregateIdentifier
    private ImportId id;

    private @Nullable UUID ownerId;
    private boolean undone;
    private int undoings;

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
                command.refused(),
                command.fileName()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UndoImport command) {
        if (ownerId != null && !command.actor().accountId().equals(ownerId)) {
            throw new ImportRefused.NotYours();
        }
        if (command.undoings() != undoings) {
            throw new ImportRefused.AlreadyUndone(getVersion()); // another server ended the same undoing just now
        }
        if (command.deleted() == 0) {
            throw undone
                    ? new ImportRefused.AlreadyUndone(getVersion())
                    : new ImportRefused.NothingToUndo(command.kept());
        }
        apply(new ImportUndone(
                command.id().value(),
                command.actor().accountId(),
                command.deleted(),
                command.kept(),
                command.gone(),
                command.reason()));
    }

    @EventSourcingHandler
    void on(ImportApplied event) {
        id = new ImportId(event.importId());
        ownerId = event.ownerId();
        undone = undone && event.recorded() == 0;
    }

    @EventSourcingHandler
    void on(ImportUndone event) {
        id = new ImportId(event.importId());
        ownerId = event.ownerId();
        undone = true;
        undoings++;
    }
}
