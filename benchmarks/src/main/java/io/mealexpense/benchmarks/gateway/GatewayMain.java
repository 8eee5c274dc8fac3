package io.mealexpense.benchmarks.gateway;

import io.mealexpense.benchmarks.dataset.EventGenerator;
import io.mealexpense.benchmarks.dataset.Meals;
import io.mealexpense.benchmarks.measure.Numbers;
import io.mealexpense.command.CommandServiceApplication;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.command.expense.ExpenseRecorder;
import io.mealexpense.command.expense.MealExpenseCommand.AmendMealExpense;
import io.mealexpense.command.expense.MealExpenseId;
import io.mealexpense.command.expense.MealType;
import io.mealexpense.command.expense.Money;
import io.mealexpense.command.expense.OrderType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the write side and drives its command gateway by as many threads as asked. Orders, one a line: {@code accounts file} first, then {@code record
 * threads seconds}, {@code prepare threads count}, {@code amend threads seconds}, {@code cold file}.
 */
public final class GatewayMain {

    private static final int CONTENTS = 512;

    /** An expense and the version it is at. */
    private record Known(MealExpenseId id, int actor, long version) {}

    private final ExpenseRecorder recorder;
    private final Commands commands;
    private final List<Actor> actors = new ArrayList<>();
    private final List<ExpenseContent> contents = new ArrayList<>();
    private List<Known> known = List.of();

    private GatewayMain(ConfigurableApplicationContext context, List<UUID> accounts) {
        recorder = context.getBean(ExpenseRecorder.class);
        commands = context.getBean(Commands.class);
        var meals = new Meals(new Random(1));
        for (var account : accounts) {
            actors.add(new Actor(account, Set.of(Role.MEMBER), UUID.randomUUID(), "api"));
        }
        for (var i = 0; i < CONTENTS; i++) {
            var owner = actors.get(i % actors.size()).accountId();
            contents.add(content(meals.meal(LocalDate.of(2026, 3, 15), EventGenerator.categoriesOf(owner))));
        }
    }

    private static ExpenseContent content(Meals.Meal meal) {
        return new ExpenseContent(
                meal.spentOn(),
                meal.spentAt(),
                meal.zone(),
                new Money(meal.amount(), Currency.getInstance(meal.currency())),
                meal.tax(),
                meal.tip(),
                MealType.of(meal.mealType()).orElseThrow(),
                meal.orderType() == null ? null : OrderType.of(meal.orderType()).orElseThrow(),
                meal.partySize(),
                meal.categoryId(),
                null,
                meal.place(),
                meal.tags(),
                meal.purpose(),
                meal.attendees(),
                meal.notes());
    }

    public static void main(String[] arguments) throws IOException {
        var context = SpringApplication.run(CommandServiceApplication.class, "--server.port=0");
        System.out.println("=== ready");
        GatewayMain main = null;
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line; (line = orders.readLine()) != null; ) {
                var words = line.split(" ");
                try {
                    if (words[0].equals("accounts")) {
                        main = new GatewayMain(
                                context,
                                Files.readAllLines(Path.of(words[1])).stream()
                                        .map(UUID::fromString)
                                        .toList());
                        System.out.println("=== done");
                    } else if (main != null) {
                        System.out.println("=== " + main.obey(words));
                    }
                } catch (Exception failure) {
                    failure.printStackTrace();
                    System.out.println("=== failed=" + failure.toString().replaceAll("\\s", "_"));
                }
            }
        }
        context.close();
        System.exit(0);
    }

    private String obey(String[] words) throws Exception {
        return switch (words[0]) {
            case "record" -> during(words, Integer.MAX_VALUE, this::record);
            case "prepare" -> prepare(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "cold" -> cold(Path.of(words[1]));
            case "amend" -> {
                var all = known;
                known = List.of();
                yield during(words, all.size(), i -> amend(all.get(i)));
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private void record(int i) {
        var actor = actors.get(i % actors.size());
        recorder.record(null, contents.get(contentOf(i)), null, actor, RequestContext.of(actor));
    }

    /** One whose category is the actor's: contents are dealt out to the actors in turn. */
    private int contentOf(int i) {
        var actor = i % actors.size();
        var rounds = CONTENTS / actors.size();
        return actor + actors.size() * (i / actors.size() % rounds);
    }

    private void amend(Known expense) {
        var actor = actors.get(expense.actor());
        commands.send(
                expense.id().value(),
                new AmendMealExpense(
                        expense.id(), actor, expense.version(), contents.get(expense.actor()), "Typing mistake"),
                RequestContext.of(actor));
    }

    /** Expenses with three events each, just made by this process. */
    private String prepare(int threads, int count) throws Exception {
        var made = new Known[count];
        work(threads, count, Long.MAX_VALUE, i -> {
            var owner = i % actors.size();
            var actor = actors.get(owner);
            var id = recorder.record(null, contents.get(owner), null, actor, RequestContext.of(actor))
                    .id();
            amend(new Known(id, owner, 0));
            amend(new Known(id, owner, 1));
            made[i] = new Known(id, owner, 2);
        });
        known = List.of(made);
        return "done";
    }

    /** Expenses that this process has not met; lines of id, account and version. */
    private String cold(Path file) throws IOException {
        var numbers = new java.util.HashMap<UUID, Integer>();
        for (var i = 0; i < actors.size(); i++) {
            numbers.put(actors.get(i).accountId(), i);
        }
        known = Files.readAllLines(file).stream()
                .map(line -> line.split("\t"))
                .map(cells -> new Known(
                        new MealExpenseId(UUID.fromString(cells[0])),
                        numbers.get(UUID.fromString(cells[1])),
                        Long.parseLong(cells[2])))
                .toList();
        return "done";
    }

    private static String during(String[] words, int most, IntConsumer operation) throws Exception {
        return work(Integer.parseInt(words[1]), most, (long) (Double.parseDouble(words[2]) * 1e9), operation);
    }

    private static String work(int threads, int most, long nanos, IntConsumer operation) throws Exception {
        var next = new AtomicInteger();
        var durations = new long[threads][];
        var failure = new Throwable[1];
        var began = System.nanoTime();
        var all = new ArrayList<Thread>();
        for (var number = 0; number < threads; number++) {
            var mine = number;
            all.add(Thread.ofPlatform().start(() -> {
                var own = new long[1024];
                var count = 0;
                try {
                    for (var now = System.nanoTime(); now - began < nanos && failure[0] == null; ) {
                        var i = next.getAndIncrement();
                        if (i >= most) {
                            break;
                        }
                        operation.accept(i);
                        var then = System.nanoTime();
                        if (count == own.length) {
                            own = Arrays.copyOf(own, count * 2);
                        }
                        own[count++] = then - now;
                        now = then;
                    }
                } catch (RuntimeException failed) {
                    failure[0] = failed;
                }
                durations[mine] = Arrays.copyOf(own, count);
            }));
        }
        for (var thread : all) {
            thread.join();
        }
        if (failure[0] != null) {
            throw new IllegalStateException(failure[0]);
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var every = Arrays.stream(durations).flatMapToLong(Arrays::stream).toArray();
        return "ops=%d seconds=%f p50=%f p99=%f"
                .formatted(
                        every.length,
                        seconds,
                        Numbers.percentile(every, 0.5) / 1e6,
                        Numbers.percentile(every, 0.99) / 1e6);
    }
}
