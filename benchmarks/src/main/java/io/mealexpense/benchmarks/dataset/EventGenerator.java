package io.mealexpense.benchmarks.dataset;

import io.mealexpense.benchmarks.dataset.Meals.Meal;
import io.mealexpense.command.category.DefaultCategories;
import io.mealexpense.events.AccountRegistered;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventSerializer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.messaging.MetaData;

/**
 * Invents the history of an installation: accounts with their categories, then meals recorded, amended, recategorised,
 * deleted and restored, on average three events per expense. The same seed makes the same bytes, on every machine:
 * randomness comes from {@link Random}, whose algorithm Java fixes.
 */
public final class EventGenerator {

    /** Expenses that may still be changed: people correct what they entered lately. */
    private static final int RECENT = 3_000;

    private static final Instant BEGIN = Instant.parse("2023-01-02T06:00:00Z");
    private static final long SPAN_MICROS = 3L * 365 * 24 * 3_600 * 1_000_000;

    private final EventSerializer serializer = EventSerializer.create();
    private final Random random;
    private final Meals meals;
    private final int users;
    private final long events;
    private final List<Owner> owners = new ArrayList<>();
    private final Expense[] recent = new Expense[RECENT];
    private int recentCount;
    private long nowMicros;
    private long position;

    private record Owner(UUID id, List<UUID> categories) {}

    private static final class Expense {
        final UUID id;
        final Owner owner;
        Meal meal;
        long sequence;
        boolean deleted;

        Expense(UUID id, Owner owner, Meal meal) {
            this.id = id;
            this.owner = owner;
            this.meal = meal;
        }
    }

    /**
     * @param events of all kinds, those of the accounts included
     */
    public EventGenerator(long seed, int users, long events) {
        this.random = new Random(seed);
        this.meals = new Meals(random);
        this.users = users;
        this.events = events;
    }

    /** Tells every event in the order of the log. */
    public void generate(Consumer<GeneratedEvent> log) {
        for (var user = 0; user < users; user++) {
            register(log);
        }
        while (position < events) {
            if (recentCount == 0 || random.nextInt(3) == 0) {
                record(log);
            } else {
                change(recent[random.nextInt(Math.min(recentCount, RECENT))], log);
            }
        }
    }

    /** Adds accounts with so many expenses each, recorded and never changed. */
    public void generateLarge(List<Integer> expenses, Consumer<GeneratedEvent> log) {
        for (var count : expenses) {
            register(log);
            for (var i = 0; i < count; i++) {
                tick();
                record(owners.getLast(), log);
            }
        }
    }

    /** Whose history it is, in the order of their registration. */
    public List<UUID> accounts() {
        return owners.stream().map(Owner::id).toList();
    }

    /** The accounts of such a history, without the rest of it. */
    public static List<UUID> accounts(long seed, int users, long events) {
        var generator = new EventGenerator(seed, users, events);
        for (var user = 0; user < users; user++) {
            generator.register(event -> {});
        }
        return generator.accounts();
    }

    /** The categories that every account begins with. */
    public static List<UUID> categoriesOf(UUID account) {
        return DefaultCategories.of(account).stream()
                .map(category -> category.id().value())
                .toList();
    }

    private void register(Consumer<GeneratedEvent> log) {
        tick();
        var id = uuid7();
        owners.add(new Owner(id, categoriesOf(id)));
        log.accept(event("Account", id, 0, new AccountRegistered(id, "EUR", "Europe/Berlin"), EventMetadata.SYSTEM));
        for (var category : DefaultCategories.of(id)) {
            var look = category.look();
            log.accept(event(
                    "Category",
                    category.id().value(),
                    0,
                    new CategoryCreated(category.id().value(), id, look.name(), look.colour(), look.icon()),
                    EventMetadata.SYSTEM));
        }
    }

    private void record(Consumer<GeneratedEvent> log) {
        tick();
        // some people enter far more than others
        var expense = record(owners.get((int) (owners.size() * random.nextDouble() * random.nextDouble())), log);
        recent[recentCount++ % RECENT] = expense;
        if (recentCount == 2 * RECENT) {
            recentCount = RECENT;
        }
    }

    private Expense record(Owner owner, Consumer<GeneratedEvent> log) {
        var day = now().atZone(ZoneOffset.UTC).toLocalDate();
        var expense = new Expense(uuid7(), owner, meals.meal(day, owner.categories()));
        log.accept(event(
                "MealExpense",
                expense.id,
                0,
                expense.meal.recorded(expense.id, owner.id()),
                owner.id().toString()));
        return expense;
    }

    private void change(Expense expense, Consumer<GeneratedEvent> log) {
        tick();
        expense.sequence++;
        log.accept(event(
                "MealExpense",
                expense.id,
                expense.sequence,
                changed(expense),
                expense.owner.id().toString()));
    }

    private StoredEvent changed(Expense expense) {
        var owner = expense.owner;
        if (expense.deleted) {
            expense.deleted = false;
            return new MealExpenseRestored(expense.id, owner.id(), meals.reason());
        }
        if (meals.chance(12)) {
            expense.deleted = true;
            return new MealExpenseDeleted(expense.id, owner.id(), meals.reason());
        }
        expense.meal = meals.chance(40)
                ? expense.meal.in(
                        owner.categories().get(random.nextInt(owner.categories().size())))
                : expense.meal.costing(meals.sum());
        return expense.meal.amended(expense.id, owner.id(), meals.reason());
    }

    private void tick() {
        nowMicros += 1 + (long) (2.0 * SPAN_MICROS / events * random.nextDouble());
    }

    private Instant now() {
        return BEGIN.plusNanos(nowMicros * 1_000);
    }

    private GeneratedEvent event(String type, UUID aggregate, long sequence, StoredEvent event, String actor) {
        var payload = serializer.serialize(event, String.class);
        return new GeneratedEvent(
                ++position,
                type,
                aggregate,
                sequence,
                uuid4(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                now(),
                payload.getData(),
                metadata(actor));
    }

    private String metadata(String actor) {
        var request =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        var system = actor.equals(EventMetadata.SYSTEM);
        var metadata = new HashMap<String, Object>();
        metadata.put(EventMetadata.CAUSATION_ID, uuid4().toString());
        metadata.put(EventMetadata.ACTOR_ID, actor);
        metadata.put(EventMetadata.ACTOR_ROLES, system ? "" : "MEMBER");
        metadata.put(EventMetadata.CLIENT, system ? EventMetadata.SYSTEM : "web");
        metadata.put(EventMetadata.REQUEST_ID, request);
        metadata.put(EventMetadata.CORRELATION_ID, request);
        return serializer.serialize(MetaData.from(metadata), String.class).getData();
    }

    private UUID uuid4() {
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x4000L,
                (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    private UUID uuid7() {
        var millis = now().toEpochMilli();
        return new UUID(
                (millis << 16) | 0x7000L | random.nextInt(1 << 12),
                (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }
}
