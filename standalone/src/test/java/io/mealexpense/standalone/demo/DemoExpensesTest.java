package io.mealexpense.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoExpensesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void the_same_day_makes_the_same_demonstration() {
        assertThat(DemoExpenses.until(TODAY)).isEqualTo(DemoExpenses.until(TODAY));
    }

    @Test
    void it_is_about_fifteen_hundred_expenses_over_eighteen_months() {
        var expenses = DemoExpenses.until(TODAY);

        assertThat(expenses).hasSizeBetween(1_400, 1_600);
        assertThat(expenses.getFirst().content()).containsEntry("spentOn", "2025-05-24");
        assertThat(expenses)
                .extracting(entry -> entry.content().get("spentOn").toString())
                .isSorted()
                .allMatch(day -> day.compareTo(TODAY.toString()) <= 0);
    }

    @Test
    void it_shows_what_life_brings() {
        var expenses = DemoExpenses.until(TODAY);

        assertThat(expenses)
                .anyMatch(entry -> entry.content().get("amount").toString().startsWith("-"))
                .anyMatch(entry -> entry.content().get("currency").equals("JPY"))
                .anyMatch(entry -> entry.category() == null);
        assertThat(expenses).extracting(DemoExpenses.Entry::fate).contains(DemoExpenses.Fate.values());
        assertThat(expenses).extracting(DemoExpenses.Entry::enteredIn).contains(DemoExpenses.Browser.values());
        assertThat(expenses)
                .filteredOn(entry -> entry.enteredIn() == DemoExpenses.Browser.PHONE)
                .hasSizeGreaterThan(expenses.size() * 3 / 4);
    }
}
