package io.mealexpense.query.expenselist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a filter.
 *
 * @param nextCursor continues the list; absent on its last page
 * @param totals of the whole filter, not of the page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"items", "totals"})
record ExpenseList(
        List<ExpenseItem> items,

        @Schema(description = "Continues the list; absent on its last page") @Nullable
        String nextCursor,

        @Schema(description = "Of the whole filter, by currency")
        List<Total> totals,

        @Schema(description = AsOf.ANSWERED) @Nullable AsOf asOf,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {}
