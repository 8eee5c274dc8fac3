package io.mealexpense.query.monthlyreport;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The monthly report. */
@RestController
@RequestMapping("/api/v1/reports/monthly")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Reports")
class MonthlyReportController {

    private static final int DEFAULT_MONTHS = 12;

    private final MonthlyReportQueries queries;
    private final Clock clock;

    MonthlyReportController(MonthlyReportQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /** Which months of whom. */
    record Parameters(
            @Parameter(
                    description = "First month; by default eleven before the last",
                    schema = @Schema(type = "string", pattern = "^\\d{4}-\\d{2}$"),
                    example = "2026-01")
            @Nullable
            YearMonth from,

            @Parameter(
                    description = "Last month, inclusive; by default the current one, or that of `asOf` (UTC)",
                    schema = @Schema(type = "string", pattern = "^\\d{4}-\\d{2}$"),
                    example = "2026-12")
            @Nullable
            YearMonth to,

            @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
            UUID ownerId)
            implements QueryParameters {

        @Override
        public void check(BiConsumer<String, String> refuse) {
            if (from != null && to != null && from.isAfter(to)) {
                refuse.accept("from", "is after to");
            }
        }
    }

    @GetMapping
    @Operation(operationId = "getMonthlyReport", summary = "What was spent month by month")
    MonthlyReport report(@ParameterObject Parameters parameters, Actor actor, Moment moment) {
        var asOf = moment.asOf() == null ? clock.instant() : moment.asOf();
        var now = YearMonth.from(asOf.atOffset(ZoneOffset.UTC));
        var from = parameters.from();
        var to = parameters.to() != null ? parameters.to() : from != null && from.isAfter(now) ? from : now;
        return queries.report(
                Owners.of(actor, parameters.ownerId()),
                from != null ? from : to.minusMonths(DEFAULT_MONTHS - 1L),
                to,
                moment);
    }
}
