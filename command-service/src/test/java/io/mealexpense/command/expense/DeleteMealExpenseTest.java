package io.mealexpense.command.expense;

import static io.mealexpense.command.expense.Lunches.*;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;

import io.mealexpense.command.expense.MealExpenseCommand.*;
import io.mealexpense.events.*;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeleteMealExpenseTest {

    private static final MealExpenseDeleted DELETED =
            new MealExpenseDeleted(LUNCH.value(), ALICE.accountId(), "Entered twice");

    private final AggregateTestFixture<MealExpense> expense = fixture();

    @Test
    void it_is_taken_out_with_the_reason() {
        expense.given(lunchRecorded())
                .when(new DeleteMealExpense(LUNCH, ALICE, 0, "Entered twice"))
                .expectEvents(DELETED);
    }

    @Test
    void twice_is_refused() {
        expense.given(lunchRecorded(), DELETED)
                .when(new DeleteMealExpense(LUNCH, ALICE, 1, null))
                .expectException(ExpenseRefused.AlreadyDeleted.class)
                .expectNoEvents();
    }

    @Test
    void a_colleague_may_not() {
        expense.given(lunchRecorded())
                .when(new DeleteMealExpense(LUNCH, BOB, 0, null))
                .expectException(ExpenseRefused.NotYours.class)
                .expectNoEvents();
    }

    @Test
    void a_stale_version_is_refused() {
        expense.given(lunchRecorded(), amendedTo("13.20"))
                .when(new DeleteMealExpense(LUNCH, ALICE, 0, null))
                .expectException(ExpenseRefused.StaleVersion.class)
                .expectNoEvents();
    }
}
