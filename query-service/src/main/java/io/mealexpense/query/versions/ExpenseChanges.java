package io.mealexpense.query.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.Coded;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the expenses of a period between two moments.
 *
 * @param items that differ, the last changed first
 * @param totals of the whole period, what did not change included
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"items", "totals", "since", "until"})
record ExpenseChanges(
        List<Change> items,

        @Schema(description = "Continues the list; absent on its last page") @Nullable
        String nextCursor,

        @Schema(description = "Of the whole period, by currency")
        List<PeriodTotal> totals,

        AsOf since,
        AsOf until,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /** What happened to an expense, as far as the period is concerned. */
    enum Kind implements Coded {
        /** Recorded, restored, or moved into the period. */
        ADDED,
        CHANGED,
        /** Deleted, or moved out of the period. */
        REMOVED;

        @Override
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An expense that is not what it was. What was changed and changed back is none.
     *
     * @param before absent if it was not recorded yet, or in the bin
     * @param after absent if it is in the bin
     * @param position of the last event that it had by {@code until}; {@code at}, {@code actorId} and {@code reason} are
     *     that event's
     */
    @Schema(
            name = "ExpenseChange",
            requiredProperties = {"id", "kind", "before", "after", "position", "at", "actorId"})
    record Change(
            UUID id,

            @Schema(
                    description =
                            "`added`: recorded, restored or moved into the period; `removed`: deleted or moved out")
            Kind kind,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true) @Nullable
            ExpenseItem before,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true) @Nullable
            ExpenseItem after,

            @Schema(minimum = "1") long position,
            Instant at,
            @Schema(description = "Account, or `system`") String actorId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {}

    /** What the period summed up to at both moments, in one currency. */
    @Schema(
            name = "PeriodTotal",
            requiredProperties = {"currency", "before", "after"})
    record PeriodTotal(
            @Schema(example = "EUR", pattern = Total.CURRENCY_PATTERN)
            String currency,

            Amount before,
            Amount after) {}

    /** How much and how many. */
    @Schema(
            name = "PeriodAmount",
            requiredProperties = {"amount", "count"})
    record Amount(
            @Schema(example = "12.50", pattern = Total.AMOUNT_PATTERN)
            String amount,

            @Schema(minimum = "0") long count) {}
}
