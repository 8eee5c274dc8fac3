package io.mealexpense.command.operations;

import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.command.operations.ProjectionRebuildCommand.RequestRebuild;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.events.ProjectionRebuildRequested;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.springframework.stereotype.Component;

/** Requests a rebuild once, however often a client that got no answer asks. */
@Component
public class RebuildRecorder {

    private final Commands commands;
    private final StoredEvents storedEvents;

    RebuildRecorder(Commands commands, StoredEvents storedEvents) {
        this.commands = commands;
        this.storedEvents = storedEvents;
    }

    /**
     * @throws ProblemException 409 if the id stands for anything else, or for another operator's request
     */
    public Receipt request(RequestRebuild command, RequestContext context) {
        try {
            return commands.send(command.id().value(), command, context);
        } catch (AggregateStreamCreationException exists) {
            return storedEvents
                    .first(command.id().value())
                    .filter(found -> found.actorId().equals(context.actorId())
                            && found.event() instanceof ProjectionRebuildRequested requested
                            && isSame(command, requested))
                    .map(StoredEvents.Found::receipt)
                    .orElseThrow(
                            () -> new ProblemException(ProblemType.CONFLICT, "This id stands for something else."));
        }
    }

    private static boolean isSame(RequestRebuild command, ProjectionRebuildRequested before) {
        var projections =
                command.projections().stream().map(ProjectionName::value).collect(Collectors.toSet());
        return projections.equals(new HashSet<>(before.projections()))
                && command.reason().equals(before.reason());
    }
}
