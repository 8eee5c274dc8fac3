package io.mealexpense.command.expense;

import io.mealexpense.edge.security.Actor;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a meal expense. */
public sealed interface MealExpenseCommand {

    MealExpenseId id();

    Actor actor();

    /**
     * @param importId the import that brings it, absent when entered one by one
     */
    record RecordMealExpense(
            @TargetAggregateIdentifier MealExpenseId id,
            Actor actor,
            @Nullable UUID importId,
            ExpenseContent content) implements MealExpenseCommand {}

    /**
     * @param expectedVersion the version the actor has seen
     */
    record AmendMealExpense(
            @TargetAggregateIdentifier MealExpenseId id,
            Actor actor,
            long expectedVersion,
            ExpenseContent content,
            @Nullable String reason)
            implements MealExpenseCommand {}

    /**
     * @param expectedVersion the version the actor has seen
     */
    record DeleteMealExpense(
            @TargetAggregateIdentifier MealExpenseId id,
            Actor actor,
            long expectedVersion,
            @Nullable String reason) implements MealExpenseCommand {}

    /**
     * @param expectedVersion the version the actor has seen
     */
    record RestoreMealExpense(
            @TargetAggregateIdentifier MealExpenseId id,
            Actor actor,
            long expectedVersion,
            @Nullable String reason) implements MealExpenseCommand {}
}
