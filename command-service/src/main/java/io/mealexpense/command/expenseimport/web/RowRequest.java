package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.expense.web.ExpenseRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row as if its owner had sent it by itself: the same checks and limits hold. */
record RowRequest(
        @Nullable String spentOn,
        @Nullable String spentAt,
        @Nullable @Size(max = Limits.ZONE) String zone,
        @Nullable String amount,
        @Nullable String currency,
        @Nullable String tax,
        @Nullable String tip,
        @Nullable String mealType,
        @Nullable String orderType,
        @Nullable @Min(1) @Max(Limits.PARTY_SIZE) Integer partySize,
        @Nullable String categoryId,
        @Nullable @Size(max = Limits.PLACE) String place,
        @Size(max = Limits.TAGS) List<@Nullable @Size(max = Limits.TAG) String> tags,
        @Nullable @Size(max = Limits.PURPOSE) String purpose,
        @Size(max = Limits.ATTENDEES) List<@Nullable @Size(max = Limits.ATTENDEE) String> attendees,
        @Nullable @Size(max = Limits.NOTES) String notes)
        implements ExpenseRequest {

    /** Files name restaurants by their words only. */
    @Override
    public @Nullable String restaurantId() {
        return null;
    }
}
