package io.mealexpense.query.monthlyreport;

import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.Where;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of the monthly report. */
@Component
class MonthlyReportQueries {

    private final JdbcClient jdbc;
    private final ConsistentReads reads;

    MonthlyReportQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    MonthlyReport report(Owners owners, YearMonth from, YearMonth to, Moment moment) {
        var where = new Where()
                .owners(owners)
                .and("month >= :from", "from", from.atDay(1))
                .and("month <= :to", "to", to.atDay(1));
        return reads.read(MonthlyReportProjection.GROUP, owners.only(), moment, state -> {
            var months = new TreeMap<String, List<Total>>();
            jdbc.sql("""
                            SELECT to_char(month, 'YYYY-MM') AS month, currency, sum(amount) AS amount,
                                   sum(count) AS count
                              FROM %s t
                            %s
                             GROUP BY t.month, currency
                            HAVING sum(count) <> 0
                             ORDER BY t.month, currency
                            """.formatted(state.table("monthly_report_total", Past.monthTotals(owners.only())), where.sql()))
                    .params(where.parameters())
                    .query(row -> {
                        months.computeIfAbsent(row.getString("month"), month -> new ArrayList<>())
                                .add(Total.of(
                                        row.getString("currency"), row.getBigDecimal("amount"), row.getLong("count")));
                    });
            return new MonthlyReport(
                    months.entrySet().stream()
                            .map(month -> new MonthlyReport.Month(month.getKey(), month.getValue()))
                            .toList(),
                    state.asOf(),
                    state.incomplete());
        });
    }
}
