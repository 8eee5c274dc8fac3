package io.mealexpense.command.expense;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import io.mealexpense.events.ExpenseEvents;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;

/** Test data: people, lunches, and a fixture that knows what day it is. */
final class Lunches {

    static final MealExpenseId LUNCH = new MealExpenseId(ExpenseEvents.EXPENSE);
    static final Actor ALICE = member(ExpenseEvents.ALICE);
    static final Actor BOB = member(UUID.fromString("0199a000-0000-7000-8000-00000000000b"));
    static final UUID ALICES_CATEGORY = ExpenseEvents.LUNCHES;
    static final LocalDate MARCH_15 = LocalDate.of(2026, 3, 15);

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-20T12:00:00Z"), ZoneOffset.UTC);

    private Lunches() {}

    static AggregateTestFixture<MealExpense> fixture() {
        var fixture = new AggregateTestFixture<>(MealExpense.class);
        fixture.registerInjectableResource(new ExpensePolicy(
                CLOCK, (owner, category) -> owner.equals(ALICE.accountId()) && category.equals(ALICES_CATEGORY)));
        return fixture;
    }

    static ExpenseContent lunch(String amount) {
        return lunch(amount, MARCH_15, null);
    }

    static ExpenseContent lunch(String amount, LocalDate spentOn, @Nullable UUID category) {
        return new ExpenseContent(
                spentOn,
                null,
                null,
                new Money(new BigDecimal(amount), Currency.getInstance("EUR")),
                null,
                null,
                MealType.LUNCH,
                null,
                null,
                category,
                null,
                "Corner Deli",
                List.of(),
                null,
                List.of(),
                null);
    }

    private static Actor member(UUID id) {
        return new Actor(id, Set.of(Role.MEMBER), UUID.randomUUID(), "api");
    }
}
