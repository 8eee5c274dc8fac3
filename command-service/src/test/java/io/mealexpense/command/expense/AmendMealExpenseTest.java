package io.mealexpense.command.expense;

import static io.mealexpense.command.expense.Lunches.*;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;

import io.mealexpense.command.expense.MealExpenseCommand.*;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.events.*;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AmendMealExpenseTest {

    private final AggregateTestFixture<MealExpense> expense = fixture();

    private static AmendMealExpense amend(Actor actor, String amount, long seen) {
        return new AmendMealExpense(LUNCH, actor, seen, lunch(amount), null);
    }

    @Test
    void a_correction_carries_the_whole_new_content() {
        expense.given(lunchRecorded("12.50")).when(amend(ALICE, "13.20", 0)).expectEvents(amendedTo("13.20"));
    }

    @Test
    void a_colleague_may_not_touch_it() {
        expense.given(lunchRecorded())
                .when(amend(BOB, "13.20", 0))
                .expectException(ExpenseRefused.NotYours.class)
                .expectNoEvents();
    }

    @Test
    void a_stale_version_is_refused() {
        expense.given(lunchRecorded(), amendedTo("13.20"))
                .when(amend(ALICE, "14.00", 0))
                .expectException(ExpenseRefused.StaleVersion.class)
                .expectNoEvents();
    }

    @Test
    void what_was_deleted_stays_as_it_was() {
        expense.given(lunchRecorded(), new MealExpenseDeleted(LUNCH.value(), ALICE.accountId(), null))
                .when(amend(ALICE, "14.00", 1))
                .expectException(ExpenseRefused.AlreadyDeleted.class)
                .expectNoEvents();
    }

    @Test
    void a_deleted_one_says_deleted_before_it_says_stale() {
        expense.given(lunchRecorded(), new MealExpenseDeleted(LUNCH.value(), ALICE.accountId(), null))
                .when(amend(ALICE, "14.00", 0))
                .expectException(ExpenseRefused.AlreadyDeleted.class);
    }

    @Test
    void the_category_it_has_may_stay_even_if_it_is_unknown_now() {
        var unknown = UUID.randomUUID();
        expense.given(lunchRecorded(LUNCH.value(), ALICE.accountId(), "12.50", MARCH_15, unknown))
                .when(new AmendMealExpense(LUNCH, ALICE, 0, lunch("13.20", MARCH_15, unknown), null))
                .expectEvents(amendedTo(LUNCH.value(), ALICE.accountId(), "13.20", MARCH_15, unknown));
    }
}
