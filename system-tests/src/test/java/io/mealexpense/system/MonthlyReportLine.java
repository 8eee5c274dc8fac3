package io.mealexpense.system;

import java.sql.SQLException;
import java.util.UUID;

/** The row of an expense in the monthly report, made what it should not be, so that its next event is put aside. */
final class MonthlyReportLine {

    static final String PROJECTION = "monthly-report";

    private final Log log;
    private final UUID expense;

    MonthlyReportLine(Log log, UUID expense) {
        this.log = log;
        this.expense = expense;
    }

    /** The event after this one follows, others do not. */
    void setSequence(long sequence) throws SQLException {
        var schema = log.query(
                        Log.QUERY,
                        "SELECT schema FROM read_model.projection_token WHERE projection = '" + PROJECTION + "'",
                        row -> row.getString(1))
                .getFirst();
        log.execute(
                Log.QUERY,
                "UPDATE %s.monthly_report_line SET sequence = %d WHERE expense_id = '%s'"
                        .formatted(schema, sequence, expense));
    }
}
