package io.mealexpense.query.versions;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.StoredEvent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Makes up what one person does with expenses and categories, the same for the same seed. */
final class RandomWriter {

    static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY", "TND");
    static final List<String> MEALS = List.of("lunch", "dinner", "late-night");
    static final List<String> ORDERS = List.of("takeout", "dine-in");
    static final List<String> PLACES = List.of("Corner Deli", "Harbour Grill", "Noodle Bar", "corner deli");
    static final List<String> TAGS = List.of("client", "team", "a,b");
    static final int DAYS = 75;

    private final Random dice;
    private final UUID owner;
    private final List<UUID> restaurants;
    private final LocalDate first;
    private final List<UUID> categories = new ArrayList<>();
    private final List<UUID> expenses = new ArrayList<>();
    private final Set<UUID> deleted = new HashSet<>();

    /**
     * @param restaurants where they may have been eaten
     * @param first of the days on which they may have been eaten
     */
    RandomWriter(UUID owner, List<UUID> restaurants, LocalDate first, long seed) {
        this.owner = owner;
        this.restaurants = restaurants;
        this.first = first;
        this.dice = new Random(seed);
    }

    private <T> T any(List<T> values) {
        return values.get(dice.nextInt(values.size()));
    }

    private <T> T sometimes(T value) {
        return dice.nextBoolean() ? value : null;
    }

    /** What happens next, which is always something that can. */
    StoredEvent next() {
        var kind = dice.nextInt(12);
        if (kind == 0 || categories.isEmpty()) {
            return category();
        }
        return kind < 5 || expenses.isEmpty() ? recorded() : changed();
    }

    private StoredEvent category() {
        var name = "Category " + dice.nextInt(1_000);
        if (categories.size() < 3) {
            categories.add(UUID.randomUUID());
            return new CategoryCreated(categories.getLast(), owner, name, "#C2410C", "soup");
        }
        return dice.nextInt(4) == 0
                ? new CategoryArchived(any(categories), owner)
                : new CategoryAmended(any(categories), owner, name, "#0E7490", "glass");
    }

    private BigDecimal amount(String currency) {
        var digits = Map.of("JPY", 0, "TND", 3).getOrDefault(currency, 2);
        return BigDecimal.valueOf(dice.nextInt(9_000) - 1_000L, digits);
    }

    private LocalDate day() {
        return first.plusDays(dice.nextInt(DAYS));
    }

    private StoredEvent recorded() {
        expenses.add(UUID.randomUUID());
        var currency = any(CURRENCIES);
        return new MealExpenseRecorded(
                expenses.getLast(),
                owner,
                null,
                day(),
                sometimes(LocalTime.of(dice.nextInt(24), 30)),
                sometimes("Europe/Berlin"),
                amount(currency),
                currency,
                sometimes(amount(currency)),
                sometimes(amount(currency)),
                any(MEALS),
                sometimes(any(ORDERS)),
                sometimes(1 + dice.nextInt(5)),
                sometimes(any(categories)),
                sometimes(any(restaurants)),
                sometimes(any(PLACES)),
                tags(),
                sometimes("Planning " + dice.nextInt(5)),
                dice.nextBoolean() ? List.of() : List.of("Bob", "\"Zoë\""),
                sometimes("note " + dice.nextInt(5)));
    }

    private List<String> tags() {
        return TAGS.stream().filter(tag -> dice.nextInt(3) == 0).toList();
    }

    private StoredEvent changed() {
        var id = any(expenses);
        if (deleted.remove(id)) {
            return new MealExpenseRestored(id, owner, sometimes("after all"));
        }
        if (dice.nextInt(4) == 0) {
            deleted.add(id);
            return new MealExpenseDeleted(id, owner, sometimes("no longer"));
        }
        var currency = any(CURRENCIES);
        return new MealExpenseAmended(
                id,
                owner,
                day(),
                sometimes(LocalTime.of(dice.nextInt(24), 15)),
                null,
                amount(currency),
                currency,
                null,
                sometimes(amount(currency)),
                any(MEALS),
                sometimes(any(ORDERS)),
                null,
                sometimes(any(categories)),
                sometimes(any(restaurants)),
                sometimes(any(PLACES)),
                tags(),
                null,
                List.of(),
                sometimes("corrected " + dice.nextInt(5)),
                sometimes("typing error"));
    }
}
