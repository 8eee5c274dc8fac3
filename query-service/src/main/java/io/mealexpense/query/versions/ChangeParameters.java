package io.mealexpense.query.versions;

import io.mealexpense.query.expense.Period;
import io.mealexpense.query.web.PastInstant;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Between which moments, and which expenses of whom. */
record ChangeParameters(
        @Parameter(required = true, description = "The earlier moment, to the microsecond") @Nullable
        PastInstant since,

        @Parameter(description = "The later moment; by default the present one") @Nullable
        PastInstant until,

        @Parameter(description = "First day, inclusive; without it, from the beginning") @Nullable
        LocalDate from,

        @Parameter(description = "Last day, inclusive; without it, to the end") @Nullable
        LocalDate to,

        @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
        UUID ownerId,

        @Parameter(description = "`nextCursor` of the page before, with the same parameters") @Nullable
        String cursor,

        @Min(1)
        @Max(200)
        @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "50"))
        @Nullable
        Integer limit)
        implements QueryParameters {

    Period period() {
        return new Period(from, to);
    }

    int pageSize() {
        return limit == null ? 50 : limit;
    }

    @Override
    public void check(BiConsumer<String, String> refuse) {
        if (since == null) {
            refuse.accept("since", "is required");
        } else if (until != null && since.instant().isAfter(until.instant())) {
            refuse.accept("since", "is after until");
        }
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
    }
}
