package io.mealexpense.command.expenseimport;

import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.OwnedEvents;
import io.mealexpense.command.eventstore.OwnedEvents.ImportedExpense;
import io.mealexpense.command.eventstore.OwnedEvents.ImportedExpense.State;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.command.expense.ExpenseRefused;
import io.mealexpense.command.expense.MealExpenseCommand.DeleteMealExpense;
import io.mealexpense.command.expense.MealExpenseId;
import io.mealexpense.command.expenseimport.ExpenseImportCommand.UndoImport;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.events.ImportEvent;
import io.mealexpense.events.ImportUndone;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes an import back as a whole: deletes the expenses that it recorded and that nobody has touched since, each on its
 * own, and then says so in one event. Like an import it may be cut short anywhere, and is finished by asking again:
 * every deletion carries the undoing's own name as its idempotency key, so none happens twice, and whoever finishes
 * counts those of the attempt before among its own.
 *
 * <p>What became of each expense is read from the log, never remembered: the answer to a repeated request is worked out
 * from the log as it was then.
 */
@Component
public class ImportUndoer {

    /** What the history of a deleted expense says. */
    static final String REASON = "Import undone";

    /** Times that expenses are looked at again which their owner changed while they were to be deleted. */
    private static final int PASSES = 3;

    /** Imports that are being undone here. */
    private final Set<ImportId> running = ConcurrentHashMap.newKeySet();

    private final OwnedEvents ownedEvents;
    private final StoredEvents storedEvents;
    private final Commands commands;

    ImportUndoer(OwnedEvents ownedEvents, StoredEvents storedEvents, Commands commands) {
        this.ownedEvents = ownedEvents;
        this.storedEvents = storedEvents;
        this.commands = commands;
    }

    /**
     * @param changedToo whether expenses go that were amended, or deleted and restored, since they were imported
     * @throws ProblemException 404 if there is no such import of the actor's
     * @throws ImportRefused if nothing would be deleted
     */
    public UndoOutcome undo(
            ImportId id, boolean changedToo, @Nullable String reason, Actor actor, RequestContext context) {
        var before = commands.before(id.value(), context);
        if (before.isPresent()) {
            var receipt = before.get().receipt();
            var round = round(id, undoings(id, receipt.position() - 1));
            return outcome(imported(id, round, receipt.position()), receipt);
        }
        if (!running.add(id)) {
            throw new ProblemException(
                            ProblemType.BUSY, "This import is being undone. Ask again to hear what became of it.")
                    .header("Retry-After", "5");
        }
        try {
            var undoings = undoings(id, OwnedEvents.NOW);
            var round = round(id, undoings);
            requireExisting(id, actor, imported(id, round, OwnedEvents.NOW));
            var expenses = delete(id, round, changedToo, actor, context);
            var receipt = commands.sendOrBegin(
                    id.value(),
                    new UndoImport(
                            id,
                            actor,
                            undoings,
                            count(expenses, State.UNDONE),
                            count(expenses, State.AS_IMPORTED) + count(expenses, State.CHANGED),
                            count(expenses, State.DELETED),
                            reason),
                    context);
            return outcome(expenses, receipt);
        } finally {
            running.remove(id);
        }
    }

    private int undoings(ImportId id, long upTo) {
        return (int) storedEvents.from(id.value(), 0).stream()
                .filter(found -> found.receipt().position() <= upTo)
                .filter(found -> found.event() instanceof ImportUndone)
                .count();
    }

    /** Which undoing of this import it is, by its deletions' idempotency key: the same until it has ended. */
    private static String round(ImportId id, int undoings) {
        return "undo-%s-%d".formatted(id, undoings);
    }

    private List<ImportedExpense> imported(ImportId id, String round, long upTo) {
        return ownedEvents.importedExpenses(id.value(), round, upTo);
    }

    /** An import that was cut short has expenses and no event of its own, one of known rows has it the other way round. */
    private void requireExisting(ImportId id, Actor actor, List<ImportedExpense> expenses) {
        var first = storedEvents.first(id.value());
        var owner = first.isPresent()
                ? first.filter(found -> found.event() instanceof ImportEvent)
                        .map(found -> ((ImportEvent) found.event()).ownerId())
                : expenses.stream().map(ImportedExpense::ownerId).findFirst();
        if (owner.filter(actor.accountId()::equals).isEmpty()) {
            throw ProblemException.notFound();
        }
    }

    /** The expenses as they are after it. */
    private List<ImportedExpense> delete(
            ImportId id, String round, boolean changedToo, Actor actor, RequestContext context) {
        var retry = new RequestContext.Retry(
                round, HexFormat.of().formatHex(DerivedId.sha256(round.getBytes(StandardCharsets.UTF_8))));
        var each = context.retriedAs(retry);
        for (var pass = 1; ; pass++) {
            var expenses = imported(id, round, OwnedEvents.NOW);
            var due = expenses.stream()
                    .filter(expense ->
                            expense.state() == State.AS_IMPORTED || changedToo && expense.state() == State.CHANGED)
                    .toList();
            if (due.isEmpty() || pass > PASSES) {
                return expenses;
            }
            try (var deletions = new SideBySide(
                    "The undoing was cut short. What it deleted stays deleted; ask again to finish it.")) {
                due.forEach(expense -> deletions.send(() -> delete(expense, actor, each), done -> {}));
                deletions.await();
            }
        }
    }

    private @Nullable Receipt delete(ImportedExpense expense, Actor actor, RequestContext context) {
        try {
            return commands.send(
                    expense.id(),
                    new DeleteMealExpense(new MealExpenseId(expense.id()), actor, expense.version(), REASON),
                    context);
        } catch (ExpenseRefused.StaleVersion | ExpenseRefused.AlreadyDeleted changedMeanwhile) {
            return null; // the log will tell what became of it
        }
    }

    private static int count(List<ImportedExpense> expenses, State state) {
        return (int)
                expenses.stream().filter(expense -> expense.state() == state).count();
    }

    private static UndoOutcome outcome(List<ImportedExpense> expenses, Receipt receipt) {
        return new UndoOutcome(expenses.stream().map(UndoOutcome.Expense::of).toList(), receipt);
    }
}
