package io.mealexpense.query.expenselist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.MealType;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The places meals were paid at, the most recent first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Places(
        List<Place> items,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * A place with what was usual there the last time.
     *
     * @param place as it was spelt last
     * @param categoryId the most recent category given there
     * @param count of expenses, the deleted left out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(requiredProperties = {"place", "mealType", "currency", "count", "lastSpentOn"})
    record Place(
            String place,
            @Nullable UUID categoryId,
            @Schema(implementation = MealType.class) String mealType,
            @Schema(pattern = Total.CURRENCY_PATTERN) String currency,
            @Schema(minimum = "1") long count,
            LocalDate lastSpentOn) {}
}
