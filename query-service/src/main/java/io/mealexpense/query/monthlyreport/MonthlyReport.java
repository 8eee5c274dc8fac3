package io.mealexpense.query.monthlyreport;

import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The months in which something was spent, ascending. */
@Schema(requiredProperties = "months")
record MonthlyReport(List<Month> months) {

    /** What was spent in a month. */
    @Schema(
            name = "MonthlyReportMonth",
            requiredProperties = {"month", "totals"})
    record Month(
            @Schema(pattern = "^\\d{4}-\\d{2}$", example = "2026-03")
            String month,

            List<Total> totals) {}
}
