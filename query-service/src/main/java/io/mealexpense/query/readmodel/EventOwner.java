package io.mealexpense.query.readmodel;

import io.mealexpense.events.AccountEvent;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.ImportEvent;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.ProjectionEvent;
import io.mealexpense.events.RecoveryEvent;
import io.mealexpense.events.StoredEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose data an event is about. */
public final class EventOwner {

    private EventOwner() {}

    /** The owner's account; absent for what operators do. */
    public static @Nullable UUID of(StoredEvent event) {
        return switch (event) {
            case MealExpenseEvent expense -> expense.ownerId();
            case CategoryEvent category -> category.ownerId();
            case ImportEvent ofImport -> ofImport.ownerId();
            case AccountEvent account -> account.accountId();
            case ProjectionEvent act -> null;
            case RecoveryEvent act -> null;
        };
    }
}
