package io.mealexpense.query.categoryspend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was spent by category, by name; the uncategorised come last. */
@Schema(requiredProperties = "categories")
record CategorySpend(
        List<Row> categories,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = AsOf.ANSWERED) @Nullable
        AsOf asOf,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * What was spent in a category.
     *
     * @param categoryId absent for the uncategorised
     * @param name absent for the uncategorised, and for a category of which nothing else is known
     */
    @Schema(
            name = "CategorySpendRow",
            requiredProperties = {"categoryId", "name", "colour", "icon", "totals"})
    record Row(
            @Schema(
                    nullable = true,
                    types = {"string", "null"},
                    format = "uuid")
            @Nullable
            UUID categoryId,

            @Schema(
                    nullable = true,
                    types = {"string", "null"})
            @Nullable
            String name,

            @Schema(
                    nullable = true,
                    types = {"string", "null"})
            @Nullable
            String colour,

            @Schema(
                    nullable = true,
                    types = {"string", "null"})
            @Nullable
            String icon,

            List<Total> totals) {}
}
