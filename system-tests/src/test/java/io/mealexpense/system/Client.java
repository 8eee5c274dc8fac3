package io.mealexpense.system;

import io.mealexpense.system.Api.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends one command after the other and believes what it is told: what was acknowledged it never sends again, what was
 * refused as not recorded it now and then gives up for ever, and what stayed unanswered it asks for again.
 */
final class Client {

    private static final String NOTHING_RECORDED = "Nothing was recorded";

    /** What a client believes of one of its expenses. */
    private static final class Expense {
        String etag = "";
        String amount = "";
        boolean deleted;
    }

    /**
     * Something a client wants done, however often it has to ask.
     *
     * @param key the Idempotency-Key; of a recording, the id
     * @param etag the version it made, empty until it is acknowledged
     */
    record Command(String event, UUID id, String key, String amount, String ifMatch, String etag) {

        private Command acknowledgedAs(String newEtag) {
            return new Command(event, id, key, amount, ifMatch, newEtag);
        }
    }

    private final List<Api> doors;
    private final Random random;
    private final Map<UUID, Expense> expenses = new HashMap<>();
    private final List<Command> acknowledged = Collections.synchronizedList(new ArrayList<>()); // read while it works
    private final List<Command> givenUp = new ArrayList<>();
    private @Nullable Command unanswered;
    private @Nullable Answer last;
    private boolean givesUp = true;

    /** @param doors of the product, taken by turns */
    Client(List<Api> doors, int seed) {
        this.doors = List.copyOf(doors);
        this.random = new Random(seed);
    }

    /** Where what it sent may arrive once more, it must not take anything for not recorded. */
    void neverGiveUp() {
        givesUp = false;
    }

    List<Command> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** What it was told is not recorded, and never asked for again. */
    List<Command> givenUp() {
        return List.copyOf(givenUp);
    }

    /** Sent without an answer: it may be in the log, or not. */
    @Nullable
    Command unanswered() {
        return unanswered;
    }

    /** The last acknowledgement, absent before the first. */
    @Nullable
    Answer last() {
        return last;
    }

    Set<UUID> ids() {
        return new HashSet<>(expenses.keySet());
    }

    /** Amounts by id of all that should be listed now. */
    Map<String, String> expected() {
        var amounts = new HashMap<String, String>();
        expenses.forEach((id, expense) -> {
            if (!expense.etag.isEmpty() && !expense.deleted) {
                amounts.put(id.toString(), expense.amount);
            }
        });
        return amounts;
    }

    /**
     * Sends what is unanswered, or something new, once.
     *
     * @return whether it was acknowledged
     * @throws UncheckedIOException if there is no answer
     */
    boolean send() {
        var command = unanswered != null ? unanswered : next();
        unanswered = command;
        var answer = call(command).send().expect(201, 200, 204, 503);
        if (answer.status() == 503) {
            if (givesUp && answer.text().contains(NOTHING_RECORDED) && random.nextBoolean()) {
                giveUp(command);
            }
            return false;
        }
        acknowledge(command.acknowledgedAs(answer.etag()));
        last = answer;
        return true;
    }

    private Command next() {
        var ids = new ArrayList<>(expenses.keySet());
        ids.sort(null);
        var dice = ids.isEmpty() ? 0 : random.nextInt(10);
        if (dice < 5) {
            var id = Expenses.newId();
            expenses.put(id, new Expense());
            return new Command("MealExpenseRecorded", id, id.toString(), Expenses.randomAmount(random), "", "");
        }
        var id = ids.get(random.nextInt(ids.size()));
        var expense = expenses.get(id);
        var key = UUID.randomUUID().toString();
        if (expense.deleted) {
            return new Command("MealExpenseRestored", id, key, expense.amount, expense.etag, "");
        }
        return dice < 8
                ? new Command("MealExpenseAmended", id, key, Expenses.randomAmount(random), expense.etag, "")
                : new Command("MealExpenseDeleted", id, key, expense.amount, expense.etag, "");
    }

    private Api.Call call(Command command) {
        var api = doors.get(random.nextInt(doors.size()));
        var path = "/expenses/" + command.id;
        return switch (command.event) {
            case "MealExpenseRecorded" ->
                api.post("/expenses", Expenses.with(Expenses.lunch(command.amount), "id", command.id));
            case "MealExpenseAmended" ->
                api.put(path, Expenses.lunch(command.amount))
                        .ifMatch(command.ifMatch)
                        .key(command.key);
            case "MealExpenseDeleted" ->
                api.delete(path).ifMatch(command.ifMatch).key(command.key);
            default ->
                api.post(path + "/restore", Map.of()).ifMatch(command.ifMatch).key(command.key);
        };
    }

    private void acknowledge(Command command) {
        var expense = expenses.get(command.id);
        expense.etag = command.etag;
        expense.amount = command.amount;
        expense.deleted = command.event.equals("MealExpenseDeleted");
        acknowledged.add(command);
        unanswered = null;
    }

    private void giveUp(Command command) {
        if (command.ifMatch.isEmpty()) {
            expenses.remove(command.id);
        }
        givenUp.add(command);
        unanswered = null;
    }
}
