package io.mealexpense.query.monthlyreport;

import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.FoldedTable;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.readmodel.TotalTable;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what was spent by owner, month and currency. */
@Component
@ProcessingGroup(MonthlyReportProjection.GROUP)
class MonthlyReportProjection implements Projection {

    static final String GROUP = "monthly-report";

    private final FoldedTable<MealExpenseEvent, MonthlyReportLine> lines;

    MonthlyReportProjection(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        lines = new FoldedTable<>(jdbc, "monthly_report_line", MonthlyReportLine.class, MonthlyReportLine::after)
                .summedIn(
                        new TotalTable<>(jdbc, "monthly_report_total", MonthlyReportLine.TotalKey.class),
                        MonthlyReportLine::counted);
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return lines.tables();
    }

    @EventHandler
    void on(MealExpenseEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        lines.handle(event.mealExpenseId(), new Fact<>(sequence, at, event));
    }
}
