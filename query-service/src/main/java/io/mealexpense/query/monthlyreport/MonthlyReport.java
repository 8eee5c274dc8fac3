package io.mealexpense.query.monthlyreport;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The months in which something was spent, ascending. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "months")
record MonthlyReport(
        List<Month> months,

        @Schema(description = AsOf.ANSWERED) @Nullable AsOf asOf,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /** What was spent in a month. */
    @Schema(
            name = "MonthlyReportMonth",
            requiredProperties = {"month", "totals"})
    record Month(
            @Schema(pattern = "^\\d{4}-\\d{2}$", example = "2026-03")
            String month,

            List<Total> totals) {}
}
