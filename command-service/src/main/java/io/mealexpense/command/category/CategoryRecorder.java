package io.mealexpense.command.category;

import io.mealexpense.command.category.CategoryCommand.CreateCategory;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.events.CategoryCreated;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.springframework.stereotype.Component;

/** Creates categories once, however often a client that got no answer asks. */
@Component
public class CategoryRecorder {

    private final Commands commands;
    private final StoredEvents storedEvents;

    CategoryRecorder(Commands commands, StoredEvents storedEvents) {
        this.commands = commands;
        this.storedEvents = storedEvents;
    }

    /**
     * @throws ProblemException 409 if the id stands for anything else, whosever it is
     */
    public Receipt create(CreateCategory command, RequestContext context) {
        try {
            return commands.send(command.id().value(), command, context);
        } catch (AggregateStreamCreationException exists) {
            return storedEvents
                    .first(command.id().value())
                    .filter(found -> found.event() instanceof CategoryCreated created
                            && created.ownerId().equals(command.ownerId())
                            && command.look().equalTo(created))
                    .map(StoredEvents.Found::receipt)
                    .orElseThrow(
                            () -> new ProblemException(ProblemType.CONFLICT, "This id stands for something else."));
        }
    }
}
