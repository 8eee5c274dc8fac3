package io.mealexpense.query.expenselist;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.readmodel.Coded;
import io.mealexpense.query.readmodel.MealType;
import io.mealexpense.query.readmodel.OrderType;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.CategoryChoice;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Parameters of the export: those of the list, without pages. */
record ExpenseExportParameters(
        @Parameter(description = "First day, inclusive") @Nullable
        LocalDate from,

        @Parameter(description = "Last day, inclusive") @Nullable
        LocalDate to,

        @Parameter(description = "Words, all of which occur in place, notes or purpose; case and accents do not matter")
        @Nullable
        String q,

        @Parameter(
                description = "Any of these categories; `none` for the uncategorised",
                array = @ArraySchema(schema = @Schema(type = "string")))
        Set<CategoryChoice> categoryId,

        @Parameter(description = "Any of these") Set<MealType> mealType,
        @Parameter(description = "Any of these") Set<OrderType> orderType,
        @Parameter(description = "All of these") List<String> tag,
        @Parameter(description = "Any of these") Set<UUID> restaurantId,

        @Parameter(description = "At least", schema = @Schema(type = "string", pattern = Total.AMOUNT_PATTERN))
        @Nullable
        BigDecimal minAmount,

        @Parameter(description = "At most", schema = @Schema(type = "string", pattern = Total.AMOUNT_PATTERN)) @Nullable
        BigDecimal maxAmount,

        @Parameter(description = "Any of these currencies", example = "EUR")
        Set<String> currency,

        @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
        UUID ownerId,

        @Parameter(
                description = "`deleted` is the bin",
                schema = @Schema(implementation = ExpenseState.class, defaultValue = "active"))
        @Nullable
        ExpenseState state,

        @Parameter(
                description = "By amount only with exactly one `currency`",
                schema = @Schema(implementation = ExpenseSort.class, defaultValue = "-spentOn"))
        @Nullable
        ExpenseSort sort,

        @Parameter(schema = @Schema(implementation = Format.class, defaultValue = "csv")) @Nullable
        Format format)
        implements QueryParameters {

    ExpenseFilter filter() {
        return new ExpenseFilter(
                from,
                to,
                q,
                categoryId,
                mealType,
                orderType,
                tag,
                restaurantId,
                minAmount,
                maxAmount,
                currency,
                state == null ? ExpenseState.ACTIVE : state);
    }

    ExpenseSort order() {
        return sort == null ? ExpenseSort.NEWEST : sort;
    }

    /** What an export can be written as. */
    enum Format implements Coded {
        CSV;

        @Override
        @JsonValue
        public String code() {
            return "csv";
        }
    }

    @Override
    public void check(BiConsumer<String, String> refuse) {
        filter().check(order(), refuse);
    }
}
