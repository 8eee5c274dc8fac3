package io.mealexpense.query.categoryspend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was spent, by whatever was asked.
 *
 * @param rows ordered by their keys
 */
@Schema(requiredProperties = {"groupBy", "rows"})
record Spending(
        @Schema(example = "[\"month\",\"category\"]") List<String> groupBy,
        List<Row> rows,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = AsOf.ANSWERED) @Nullable
        AsOf asOf,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * What was spent under one key.
     *
     * @param key a value for every member of {@code groupBy}: {@code month} as 2026-03, {@code day} as 2026-03-15,
     *     {@code category} as its id or null, {@code mealType} as its code, {@code weekday} as monday to sunday
     */
    @Schema(
            name = "SpendingRow",
            requiredProperties = {"key", "totals"})
    record Row(@Schema(implementation = Key.class) Map<String, @Nullable String> key, List<Total> totals) {}

    /** The shape of a key, for the documentation only: exactly the members that were asked for are there. */
    @Schema(name = "SpendingKey")
    record Key(
            @Schema(pattern = "^\\d{4}-\\d{2}$") String month,
            @Schema(format = "date") String day,

            @Schema(
                    types = {"string", "null"},
                    format = "uuid")
            @Nullable
            String category,

            @Schema(implementation = io.mealexpense.query.readmodel.MealType.class)
            String mealType,

            @Schema(allowableValues = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
            String weekday) {}
}
