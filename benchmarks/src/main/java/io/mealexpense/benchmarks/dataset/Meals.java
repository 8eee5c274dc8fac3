package io.mealexpense.benchmarks.dataset;

import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseRecorded;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invents meals that look like those people enter: most are lunches with a place and little else. */
public final class Meals {

    private static final String[] MEAL_TYPES = {
        "lunch", "lunch", "lunch", "dinner", "dinner", "breakfast", "snacks", "drinks", "groceries", "brunch", "other"
    };
    private static final String[] ORDER_TYPES = {"dine-in", "dine-in", "takeout", "delivery", "catering"};
    private static final String[] FIRST = {
        "Blue", "Golden", "Old", "Little", "Casa", "Chez", "La", "The Green", "Café", "Gasthaus", "Osteria", "Bistro"
    };
    private static final String[] SECOND = {
        "Lantern",
        "Olive",
        "Mill",
        "Garden",
        "Moreno",
        "Lucien",
        "Trattoria",
        "Dragon",
        "Zürich",
        "Adler",
        "Luna",
        "No. 9"
    };
    private static final String[] TAGS = {"client", "team", "travel", "conference", "family", "quick", "late", "split"};
    private static final String[] PURPOSES = {
        "Client visit", "Quarterly planning with the team", "Interview day", "On the way to the trade fair"
    };
    private static final String[] NAMES = {
        "Alice Meyer", "Bob Okafor", "Chiara Rossi", "Dmitri Novak", "Emma Larsson", "Farid Haddad", "Grace Kim"
    };
    private static final String[] NOTES = {
        "Receipt was wet, amount read from the card slip.",
        "Paid in cash; the \"house menu\" for everybody.",
        "Split with the other table.\nTheir half is on their own account.",
        "Breakfast was not included in the room rate."
    };
    private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "USD", "GBP", "CHF"};
    private static final String[] REASONS = {"Typing mistake", "Receipt found", "Wrong category", "Tip was missing"};

    /** The content of one meal; the same components as in the events. */
    public record Meal(
            LocalDate spentOn,
            @Nullable LocalTime spentAt,
            @Nullable String zone,
            BigDecimal amount,
            String currency,
            @Nullable BigDecimal tax,
            @Nullable BigDecimal tip,
            String mealType,
            @Nullable String orderType,
            @Nullable Integer partySize,
            @Nullable UUID categoryId,
            @Nullable String place,
            List<String> tags,
            @Nullable String purpose,
            List<String> attendees,
            @Nullable String notes) {

        MealExpenseRecorded recorded(UUID id, UUID owner) {
            return new MealExpenseRecorded(
                    id,
                    owner,
                    null,
                    spentOn,
                    spentAt,
                    zone,
                    amount,
                    currency,
                    tax,
                    tip,
                    mealType,
                    orderType,
                    partySize,
                    categoryId,
                    null,
                    place,
                    tags,
                    purpose,
                    attendees,
                    notes);
        }

        MealExpenseAmended amended(UUID id, UUID owner, @Nullable String reason) {
            return new MealExpenseAmended(
                    id,
                    owner,
                    spentOn,
                    spentAt,
                    zone,
                    amount,
                    currency,
                    tax,
                    tip,
                    mealType,
                    orderType,
                    partySize,
                    categoryId,
                    null,
                    place,
                    tags,
                    purpose,
                    attendees,
                    notes,
                    reason);
        }

        Meal in(@Nullable UUID category) {
            return new Meal(
                    spentOn, spentAt, zone, amount, currency, tax, tip, mealType, orderType, partySize, category, place,
                    tags, purpose, attendees, notes);
        }

        Meal costing(BigDecimal sum) {
            return new Meal(
                    spentOn,
                    spentAt,
                    zone,
                    sum,
                    currency,
                    null,
                    null,
                    mealType,
                    orderType,
                    partySize,
                    categoryId,
                    place,
                    tags,
                    purpose,
                    attendees,
                    notes);
        }
    }

    private final Random random;

    public Meals(Random random) {
        this.random = random;
    }

    /**
     * @param day about when it is entered
     * @param categories the owner's
     */
    public Meal meal(LocalDate day, List<UUID> categories) {
        var cents = 350 + (int) (Math.abs(random.nextGaussian()) * 2200);
        var currency = one(CURRENCIES);
        var party = chance(30) ? 1 + random.nextInt(6) : null;
        var moneyBack = chance(2);
        var tip = chance(25) && !moneyBack ? BigDecimal.valueOf(cents / 10, 2) : null;
        var tax = chance(20) && !moneyBack ? BigDecimal.valueOf(cents / 13, 2) : null;
        var timed = chance(60);
        return new Meal(
                day.minusDays(random.nextInt(4)),
                timed ? LocalTime.of(7 + random.nextInt(15), random.nextInt(60)) : null,
                timed ? "Europe/Berlin" : null,
                BigDecimal.valueOf(moneyBack ? -cents : cents, 2),
                currency,
                tax,
                tip,
                one(MEAL_TYPES),
                chance(55) ? one(ORDER_TYPES) : null,
                party,
                chance(85) ? categories.get(random.nextInt(categories.size())) : null,
                chance(90) ? one(FIRST) + " " + one(SECOND) : null,
                some(TAGS, 35, 3),
                chance(20) ? one(PURPOSES) : null,
                party != null && party > 1 ? some(NAMES, 60, Math.min(party, 4)) : List.of(),
                chance(15) ? one(NOTES) : null);
    }

    BigDecimal sum() {
        return BigDecimal.valueOf(350 + random.nextInt(6000), 2);
    }

    @Nullable
    String reason() {
        return chance(50) ? one(REASONS) : null;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String[] texts) {
        return texts[random.nextInt(texts.length)];
    }

    private List<String> some(String[] texts, int percent, int most) {
        var chosen = new ArrayList<String>();
        for (var i = 0; i < most && chance(percent); i++) {
            var text = one(texts);
            if (!chosen.contains(text)) {
                chosen.add(text);
            }
        }
        return chosen;
    }
}
