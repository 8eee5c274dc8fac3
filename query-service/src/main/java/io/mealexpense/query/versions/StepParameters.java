package io.mealexpense.query.versions;

import io.mealexpense.query.expense.Period;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which period of whom. */
record StepParameters(
        @Parameter(
                description = "A month; or else `from`, `to` or both",
                schema = @Schema(type = "string", pattern = "^\\d{4}-\\d{2}$"),
                example = "2026-03")
        @Nullable
        YearMonth month,

        @Parameter(description = "First day, inclusive") @Nullable
        LocalDate from,

        @Parameter(description = "Last day, inclusive") @Nullable
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
        return month == null ? new Period(from, to) : new Period(month.atDay(1), month.atEndOfMonth());
    }

    int pageSize() {
        return limit == null ? 50 : limit;
    }

    @Override
    public void check(BiConsumer<String, String> refuse) {
        if (month == null && from == null && to == null) {
            refuse.accept("month", "is required unless from or to is given");
        }
        if (month != null && (from != null || to != null)) {
            refuse.accept("month", "is given together with from or to");
        }
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
    }
}
