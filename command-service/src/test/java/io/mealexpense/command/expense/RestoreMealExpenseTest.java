package io.mealexpense.command.expense;

import static io.mealexpense.command.expense.Lunches.*;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;

import io.mealexpense.command.expense.MealExpenseCommand.*;
import io.mealexpense.events.*;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RestoreMealExpenseTest {

    private static final MealExpenseDeleted DELETED = new MealExpenseDeleted(LUNCH.value(), ALICE.accountId(), null);
    private static final MealExpenseRestored RESTORED = new MealExpenseRestored(LUNCH.value(), ALICE.accountId(), null);

    private final AggregateTestFixture<MealExpense> expense = fixture();

    @Test
    void a_deleted_one_comes_back() {
        expense.given(lunchRecorded(), DELETED)
                .when(new RestoreMealExpense(LUNCH, ALICE, 1, null))
                .expectEvents(RESTORED);
    }

    @Test
    void and_can_be_deleted_again() {
        expense.given(lunchRecorded(), DELETED, RESTORED)
                .when(new DeleteMealExpense(LUNCH, ALICE, 2, null))
                .expectEvents(DELETED);
    }

    @Test
    void a_live_one_cannot() {
        expense.given(lunchRecorded())
                .when(new RestoreMealExpense(LUNCH, ALICE, 0, null))
                .expectException(ExpenseRefused.NotDeleted.class)
                .expectNoEvents();
    }

    @Test
    void a_stale_version_is_told_first() {
        expense.given(lunchRecorded(), DELETED, RESTORED)
                .when(new RestoreMealExpense(LUNCH, ALICE, 1, null))
                .expectException(ExpenseRefused.StaleVersion.class);
    }

    @Test
    void a_colleague_may_not() {
        expense.given(lunchRecorded(), DELETED)
                .when(new RestoreMealExpense(LUNCH, BOB, 1, null))
                .expectException(ExpenseRefused.NotYours.class)
                .expectNoEvents();
    }
}
