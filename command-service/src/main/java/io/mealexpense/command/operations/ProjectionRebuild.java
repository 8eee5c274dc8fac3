package io.mealexpense.command.operations;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.mealexpense.command.operations.ProjectionRebuildCommand.CancelRebuild;
import io.mealexpense.command.operations.ProjectionRebuildCommand.RequestRebuild;
import io.mealexpense.command.operations.ProjectionRebuildCommand.SwapRebuild;
import io.mealexpense.events.ProjectionRebuildCancelled;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.events.ProjectionRebuildSwapped;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * What operators decided about one rebuild. How far it has come is known where it is done, on the query side, which
 * says of every decision what came of it.
 */
@Aggregate
public class ProjectionRebuild {

    @AggregateIdentifier
    private RebuildId id;

    private final Set<Long> decidedOn = new HashSet<>();
    private boolean cancelled;

    /** For Axon, which fills it from its events. */
    ProjectionRebuild() {}

    @CommandHandler
    ProjectionRebuild(RequestRebuild command) {
        var projections = command.projections().stream()
                .map(ProjectionName::value)
                .sorted()
                .toList();
        apply(new ProjectionRebuildRequested(command.id().value(), projections, command.reason()));
    }

    /** Once for each comparison: a swap that named another one than there is came to nothing. */
    @CommandHandler
    void handle(SwapRebuild command) {
        requireNotCancelled();
        if (decidedOn.contains(command.comparedAt())) {
            throw new RebuildRefused.Swapped(getVersion());
        }
        apply(new ProjectionRebuildSwapped(id.value(), command.reason(), command.comparedAt()));
    }

    /** After a swap too: where that came to nothing, this is the way out. */
    @CommandHandler
    void handle(CancelRebuild command) {
        requireNotCancelled();
        apply(new ProjectionRebuildCancelled(id.value(), command.reason()));
    }

    private void requireNotCancelled() {
        if (cancelled) {
            throw new RebuildRefused.Cancelled(getVersion());
        }
    }

    @EventSourcingHandler
    void on(ProjectionRebuildRequested event) {
        id = new RebuildId(event.rebuildId());
    }

    @EventSourcingHandler
    void on(ProjectionRebuildSwapped event) {
        if (event.comparedAt() != null) {
            decidedOn.add(event.comparedAt());
        }
    }

    @EventSourcingHandler
    void on(ProjectionRebuildCancelled event) {
        cancelled = true;
    }
}
