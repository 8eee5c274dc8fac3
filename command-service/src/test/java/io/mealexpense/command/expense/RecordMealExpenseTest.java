package io.mealexpense.command.expense;

import static io.mealexpense.command.expense.Lunches.*;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;

import io.mealexpense.command.expense.MealExpenseCommand.*;
import io.mealexpense.events.*;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordMealExpenseTest {

    private final AggregateTestFixture<MealExpense> expense = fixture();

    @Test
    void a_lunch_is_put_on_record_as_its_owners() {
        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, ALICE, null, lunch("12.50")))
                .expectEvents(lunchRecorded("12.50"));
    }

    @Test
    void money_back_stays_negative() {
        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, ALICE, null, lunch("-3.00")))
                .expectEvents(lunchRecorded("-3.00"));
    }

    @Test
    void the_owners_category_is_taken() {
        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, ALICE, null, lunch("12.50", MARCH_15, ALICES_CATEGORY)))
                .expectEvents(lunchRecorded(LUNCH.value(), ALICE.accountId(), "12.50", MARCH_15, ALICES_CATEGORY));
    }

    @Test
    void somebody_elses_category_is_not() {
        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, BOB, null, lunch("12.50", MARCH_15, ALICES_CATEGORY)))
                .expectException(ExpenseRefused.UnknownCategory.class)
                .expectNoEvents();
    }

    @Test
    void a_restaurant_that_nobody_added_is_refused() {
        var content = lunch("12.50");
        var linked = new ExpenseContent(
                content.spentOn(),
                content.spentAt(),
                content.zone(),
                content.amount(),
                content.tax(),
                content.tip(),
                content.mealType(),
                content.orderType(),
                content.partySize(),
                content.categoryId(),
                UUID.randomUUID(),
                content.place(),
                content.tags(),
                content.purpose(),
                content.attendees(),
                content.notes());

        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, ALICE, null, linked))
                .expectException(ExpenseRefused.UnknownRestaurant.class)
                .expectNoEvents();
    }

    @Test
    void a_day_one_year_ahead_is_taken() {
        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, ALICE, null, lunch("12.50", MARCH_15.plusYears(1), null)))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void a_later_day_is_not() {
        expense.givenNoPriorActivity()
                .when(new RecordMealExpense(LUNCH, ALICE, null, lunch("12.50", MARCH_15.plusYears(2), null)))
                .expectException(ExpenseRefused.SpentInTheFuture.class)
                .expectNoEvents();
    }
}
