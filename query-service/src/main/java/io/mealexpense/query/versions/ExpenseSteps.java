package io.mealexpense.query.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the expenses of a period came to be what they are, event by event.
 *
 * @param items in the order of the log
 * @param total how many there are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"items", "total"})
record ExpenseSteps(
        List<Step> items,

        @Schema(description = "Continues the list; absent on its last page") @Nullable
        String nextCursor,

        @Schema(minimum = "0", description = "Of all pages") long total,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * An event that touched an expense which was in the period before or after it.
     *
     * @param before absent if the expense was not recorded yet, or in the bin
     * @param after absent if it is in the bin then
     * @param totals of the period after the event, by currency
     */
    @Schema(
            name = "ExpenseStep",
            requiredProperties = {"position", "at", "event", "actorId", "expenseId", "before", "after", "totals"})
    record Step(
            @Schema(minimum = "1") long position,
            Instant at,
            @Schema(example = "MealExpenseAmended") String event,
            @Schema(description = "Account, or `system`") String actorId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            UUID expenseId,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true) @Nullable
            ExpenseItem before,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true) @Nullable
            ExpenseItem after,

            @Schema(description = "Of the period after the event, by currency")
            List<Total> totals) {}
}
