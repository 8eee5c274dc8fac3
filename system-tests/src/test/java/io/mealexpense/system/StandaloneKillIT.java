package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandaloneKillIT {

    private static final int CLIENTS = 8;
    private static final int COMMANDS = 500;
    private static final int KILLED_AFTER = 230;

    private final Standalone product = Standalone.running();
    private final CountDownLatch untilKill = new CountDownLatch(KILLED_AFTER);

    @Test
    void every_acknowledged_command_survives_kill_9_exactly_once() throws Exception {
        var member = product.api().register();
        var clients = new ArrayList<Client>();
        for (var number = 0; number < CLIENTS; number++) {
            var share = COMMANDS / CLIENTS + (number < COMMANDS % CLIENTS ? 1 : 0);
            clients.add(new Client(member, number, share));
        }

        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var interrupted = start(threads::submit, clients);
            untilKill.await();
            product.kill();
            for (var client : interrupted) {
                client.get();
            }
            var acknowledged = clients.stream().mapToInt(Client::acknowledged).sum();
            assertThat(acknowledged).isBetween(KILLED_AFTER, COMMANDS - 1);

            product.restart();
            requireInLogOnce(clients);
            System.out.printf(
                    "Killed with %d of %d commands acknowledged, %d unanswered, of which %d are in the log%n",
                    acknowledged,
                    COMMANDS,
                    clients.stream().filter(Client::hasUnknownOutcome).count(),
                    eventsOf(clients).size() - acknowledged);
            for (var client : start(threads::submit, clients)) {
                client.get();
            }
        }

        assertThat(clients.stream().mapToInt(Client::acknowledged).sum()).isEqualTo(COMMANDS);
        requireInLogOnce(clients);
        assertThat(eventsOf(clients)).as("nothing is there that nobody sent").hasSize(COMMANDS);

        var expected = new TreeMap<String, String>();
        clients.forEach(client -> client.expenses.forEach((id, expense) -> {
            if (!expense.deleted) {
                expected.put(id.toString(), expense.amount);
            }
        }));
        var last = clients.stream().map(client -> client.last).toArray(Answer[]::new);
        assertThat(Expenses.listed(member, last)).isEqualTo(expected);
        product.fold().requireEqual();
    }

    private static List<Future<Client>> start(
            Function<Callable<Client>, Future<Client>> executor, List<Client> clients) {
        return clients.stream().map(executor).toList();
    }

    private List<Log.Event> eventsOf(List<Client> clients) {
        var ids = new HashSet<UUID>();
        clients.forEach(client -> ids.addAll(client.expenses.keySet()));
        return product.log().expenseEvents().stream()
                .filter(event -> ids.contains(event.aggregateId()))
                .toList();
    }

    private void requireInLogOnce(List<Client> clients) {
        var byCommand = new HashMap<String, List<Log.Event>>();
        for (var event : eventsOf(clients)) {
            var command = event.sequence() == 0 ? event.aggregateId().toString() : event.commandId();
            byCommand
                    .computeIfAbsent(String.valueOf(command), key -> new ArrayList<>())
                    .add(event);
        }
        for (var client : clients) {
            for (var command : client.done) {
                assertThat(byCommand.get(command.key))
                        .as(command.toString())
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.name()).isEqualTo(command.event);
                            assertThat(event.aggregateId()).isEqualTo(command.id);
                            assertThat("\"" + event.sequence() + "\"").isEqualTo(command.etag);
                        });
            }
        }
    }

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
     */
    private record Command(String event, UUID id, String key, String amount, String ifMatch, String etag) {

        Command acknowledgedAs(String newEtag) {
            return new Command(event, id, key, amount, ifMatch, newEtag);
        }
    }

    /** Sends one command after the other and keeps the one whose answer it missed. */
    private final class Client implements Callable<Client> {

        private final Member member;
        private final int share;
        private final Random random;
        private final Map<UUID, Expense> expenses = new HashMap<>();
        private final List<Command> done = new ArrayList<>();
        private @Nullable Command unknown;
        private @Nullable Answer last;

        Client(Member member, int number, int share) {
            this.member = member;
            this.share = share;
            this.random = new Random(number);
        }

        int acknowledged() {
            return done.size();
        }

        boolean hasUnknownOutcome() {
            return unknown != null;
        }

        @Override
        public Client call() {
            while (done.size() < share) {
                var command = unknown != null ? unknown : next();
                unknown = command;
                try {
                    var answer = send(command).patiently().expect(201, 204);
                    acknowledged(command.acknowledgedAs(answer.etag()));
                    last = answer;
                } catch (UncheckedIOException noAnswer) {
                    return this;
                }
            }
            return this;
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

        private Api.Call send(Command command) {
            var api = member.api();
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
                    api.post(path + "/restore", Map.of())
                            .ifMatch(command.ifMatch)
                            .key(command.key);
            };
        }

        private void acknowledged(Command command) {
            var expense = expenses.get(command.id);
            expense.etag = command.etag;
            expense.amount = command.amount;
            expense.deleted = command.event.equals("MealExpenseDeleted");
            done.add(command);
            unknown = null;
            untilKill.countDown();
        }
    }
}
