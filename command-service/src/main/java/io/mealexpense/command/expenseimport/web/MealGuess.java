package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.expense.MealType;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which meal it was, from what else a row says; most files have no word for it. */
final class MealGuess {

    private static final Pattern WORD = Pattern.compile("[\\p{L}']+");
    private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}]+");

    private static final Map<String, MealType> WORDS = new HashMap<>();

    static {
        words(MealType.BREAKFAST, "breakfast");
        words(MealType.BRUNCH, "brunch");
        words(MealType.LUNCH, "lunch", "lunches", "luncheon");
        words(MealType.DINNER, "dinner", "dinners", "supper");
        words(MealType.SNACKS, "snack", "snacks", "vending");
        words(MealType.DRINKS, "coffee", "coffees", "tea", "drink", "drinks", "beer", "wine", "alcohol", "bars");
        words(MealType.DESSERT, "dessert", "desserts", "gelato");
        words(MealType.GROCERIES, "groceries", "grocery", "supermarket");
    }

    private MealGuess() {}

    private static void words(MealType meal, String... words) {
        for (var word : words) {
            WORDS.put(word, meal);
        }
    }

    /**
     * @param column what the file says itself
     * @return the code, or what the file says if that is no known meal type: to be refused with the rest of the checks
     */
    static String from(
            @Nullable String column, @Nullable LocalTime time, @Nullable String category, @Nullable String notes) {
        if (column != null) {
            return known(column);
        }
        var byCategory = Optional.ofNullable(category).flatMap(MealGuess::category);
        return byCategory
                .filter(MealType.GROCERIES::equals)
                .or(() -> Optional.ofNullable(time).map(MealGuess::hour))
                .or(() -> Optional.ofNullable(notes).flatMap(MealGuess::word))
                .or(() -> byCategory)
                .orElse(MealType.OTHER)
                .code();
    }

    private static String known(String column) {
        var code = NOT_A_LETTER.matcher(column.toLowerCase(Locale.ROOT)).replaceAll("-");
        return MealType.of(code)
                .or(() -> Optional.ofNullable(WORDS.get(code)))
                .map(MealType::code)
                .orElse(code);
    }

    /** Words of whole meals count before those of coffee and cake. */
    private static Optional<MealType> word(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> WORDS.get(word.group()))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** The child of a parent says more, and "Dining & Drinks" or "Food & Drink" says nothing of the meal. */
    private static Optional<MealType> category(String name) {
        var child = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        return child.contains("dining") || child.contains("food") ? Optional.empty() : word(child);
    }

    private static MealType hour(LocalTime time) {
        var minutes = time.getHour() * 60 + time.getMinute();
        if (minutes < 5 * 60 || minutes >= 22 * 60) {
            return MealType.LATE_NIGHT;
        }
        if (minutes < 10 * 60 + 30) {
            return MealType.BREAKFAST;
        }
        if (minutes < 15 * 60) {
            return MealType.LUNCH;
        }
        return minutes < 17 * 60 ? MealType.SNACKS : MealType.DINNER;
    }
}
