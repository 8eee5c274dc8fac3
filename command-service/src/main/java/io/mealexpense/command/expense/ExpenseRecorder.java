package io.mealexpense.command.expense;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.command.expense.MealExpenseCommand.RecordMealExpense;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.events.MealExpenseRecorded;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records expenses once, however often a client that got no answer asks. */
@Component
public class ExpenseRecorder {

    /**
     * @param again whether it had been recorded before, with the same id and content
     */
    public record Recorded(MealExpenseId id, Receipt receipt, boolean again) {}

    private final Commands commands;
    private final StoredEvents storedEvents;

    ExpenseRecorder(Commands commands, StoredEvents storedEvents) {
        this.commands = commands;
        this.storedEvents = storedEvents;
    }

    /**
     * Records the content, or answers as the first time if this id stands for it already.
     *
     * @param id made by whoever asks; without one, a new one is made
     * @throws ProblemException 409 if the id stands for anything else, whosever it is
     */
    public Recorded record(
            @Nullable MealExpenseId id,
            ExpenseContent content,
            @Nullable UUID importId,
            Actor actor,
            RequestContext context) {
        if (id == null) {
            var made = new MealExpenseId(Generators.timeBasedEpochGenerator().generate());
            return new Recorded(made, send(made, content, importId, actor, context), false);
        }
        try {
            return new Recorded(id, send(id, content, importId, actor, context), false);
        } catch (AggregateStreamCreationException exists) {
            return before(id, content, actor).orElseThrow(() -> exists);
        } catch (ExpenseRefused refused) {
            // what was recorded under a rule stays the first answer, also when the rule says no by now
            return before(id, content, actor).orElseThrow(() -> refused);
        }
    }

    private Receipt send(
            MealExpenseId id, ExpenseContent content, @Nullable UUID importId, Actor actor, RequestContext context) {
        return commands.send(id.value(), new RecordMealExpense(id, actor, importId, content), context);
    }

    private Optional<Recorded> before(MealExpenseId id, ExpenseContent content, Actor actor) {
        return storedEvents.first(id.value()).map(found -> {
            if (found.event() instanceof MealExpenseRecorded recorded
                    && recorded.ownerId().equals(actor.accountId())
                    && content.equalTo(recorded)) {
                return new Recorded(id, found.receipt(), true);
            }
            throw new ProblemException(ProblemType.CONFLICT, "This id stands for something else.");
        });
    }
}
