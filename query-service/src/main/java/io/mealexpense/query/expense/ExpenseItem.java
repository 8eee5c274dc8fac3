package io.mealexpense.query.expense;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.MealType;
import io.mealexpense.query.readmodel.OrderType;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An expense as clients see it; what was not given is left out.
 *
 * @param version of the expense, the number in its ETag
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Expense",
        requiredProperties = {
            "id",
            "ownerId",
            "spentOn",
            "amount",
            "currency",
            "mealType",
            "tags",
            "attendees",
            "version",
            "recordedAt",
            "receipts"
        })
public record ExpenseItem(
        UUID id,
        UUID ownerId,
        @Schema(description = "Calendar day as entered") LocalDate spentOn,

        @JsonFormat(pattern = "HH:mm")
        @Schema(
                type = "string",
                format = "",
                pattern = "^([01]\\d|2[0-3]):[0-5]\\d$",
                example = "12:30",
                description = "Wall-clock time in `zone`")
        @Nullable
        LocalTime spentAt,

        @Schema(description = "IANA time zone", example = "Europe/Berlin") @Nullable
        String zone,

        @Schema(
                pattern = Total.AMOUNT_PATTERN,
                example = "12.50",
                description = "Gross, with the currency's digits; negative is money back")
        String amount,

        @Schema(pattern = Total.CURRENCY_PATTERN, example = "EUR")
        String currency,

        @Schema(pattern = Total.AMOUNT_PATTERN, example = "0.82") @Nullable
        String tax,

        @Schema(pattern = Total.AMOUNT_PATTERN, example = "1.00") @Nullable
        String tip,

        @Schema(implementation = MealType.class) String mealType,
        @Schema(implementation = OrderType.class) @Nullable String orderType,
        @Schema(minimum = "1", maximum = "1000") @Nullable Integer partySize,
        @Nullable UUID categoryId,
        @Nullable UUID restaurantId,
        @Nullable String place,
        List<String> tags,
        @Nullable String purpose,
        List<String> attendees,
        @Nullable String notes,
        @Schema(minimum = "0") long version,
        Instant recordedAt,
        @Nullable Instant amendedAt,
        @Schema(description = "Only in the bin") @Nullable Instant deletedAt,

        @ArraySchema(schema = @Schema(implementation = Object.class), maxItems = 0)
        List<Object> receipts,

        @Schema(description = AsOf.ANSWERED) @Nullable AsOf asOf,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    public static ExpenseItem of(ExpenseRow row) {
        return of(row, null, null);
    }

    public static ExpenseItem of(ExpenseRow row, @Nullable AsOf asOf, @Nullable Boolean incomplete) {
        return new ExpenseItem(
                row.expenseId(),
                row.ownerId(),
                row.spentOn(),
                row.spentAt(),
                row.zone(),
                Total.text(row.amount(), row.currency()),
                row.currency(),
                text(row.tax(), row.currency()),
                text(row.tip(), row.currency()),
                row.mealType(),
                row.orderType(),
                row.partySize(),
                row.categoryId(),
                row.restaurantId(),
                row.place(),
                row.tags(),
                row.purpose(),
                row.attendees(),
                row.notes(),
                row.sequence(),
                row.recordedAt(),
                row.amendedAt(),
                row.deletedAt(),
                List.of(),
                asOf,
                incomplete);
    }

    public static @Nullable String text(@Nullable BigDecimal amount, String currency) {
        return amount == null ? null : Total.text(amount, currency);
    }
}
