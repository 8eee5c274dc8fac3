package io.mealexpense.command.expense.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writable content of an expense as clients send it; {@link ExpenseContentReader} makes sense of the texts. */
public interface ExpenseRequest {

    @Nullable
    String spentOn();

    @Nullable
    String spentAt();

    @Nullable
    String zone();

    @Nullable
    String amount();

    @Nullable
    String currency();

    @Nullable
    String tax();

    @Nullable
    String tip();

    @Nullable
    String mealType();

    @Nullable
    String orderType();

    @Nullable
    Integer partySize();

    @Nullable
    String categoryId();

    @Nullable
    String restaurantId();

    @Nullable
    String place();

    @Nullable
    List<@Nullable String> tags();

    @Nullable
    String purpose();

    @Nullable
    List<@Nullable String> attendees();

    @Nullable
    String notes();
}
