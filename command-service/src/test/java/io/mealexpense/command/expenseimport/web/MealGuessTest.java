package io.mealexpense.command.expenseimport.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MealGuessTest {

    @ParameterizedTest
    @CsvSource({
        "lunch, lunch",
        "Lunch, lunch",
        "late night, late-night",
        "late_night, late-night",
        "Snack, snacks",
        "supper, dinner",
        "grocery, groceries",
        "second breakfast, second-breakfast"
    })
    void the_column_decides(String column, String code) {
        assertThat(MealGuess.from(column, LocalTime.NOON, "Groceries", "dinner"))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "04:59, late-night",
        "05:00, breakfast",
        "10:29, breakfast",
        "10:30, lunch",
        "15:00, snacks",
        "17:00, dinner",
        "22:00, late-night"
    })
    void else_the_time_does(LocalTime time, String code) {
        assertThat(MealGuess.from(null, time, "Restaurants", "coffee")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "Dining & Drinks:Fast Food, Lunch meal, lunch",
        "Dining & Drinks:Coffee, Morning coffee, drinks",
        "Dining & Drinks:Fast Food, Quick dinner, dinner",
        "Dining & Drinks:Business, Client lunch reimbursement, lunch",
        "Dining & Drinks:Coffee, , drinks",
        "Dining & Drinks, , other",
        "Food & Drink, , other",
        "Groceries, dinner for six, groceries",
        "Entertainment, coffee before dinner, dinner",
        ", , other",
        "Rent, Launch party, other"
    })
    void else_the_words_do(@Nullable String category, @Nullable String notes, String code) {
        assertThat(MealGuess.from(null, null, category, notes)).isEqualTo(code);
    }
}
