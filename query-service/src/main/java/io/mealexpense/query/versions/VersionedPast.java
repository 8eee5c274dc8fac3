package io.mealexpense.query.versions;

import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.RunningTotalTable;
import io.mealexpense.query.readmodel.Table;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Tells the past from versions: those that held at a position. Positions stand in the SQL as numbers, which nobody
 * typed, because the plan depends on them.
 */
@Component
class VersionedPast implements Past {

    private static final String EXPENSE_COLUMNS = String.join(", ", Table.columnsOf(ExpenseRow.class));

    static final String MONTH_TOTALS = "expense_version_month_total";

    private final LogClock clock;

    VersionedPast(LogClock clock) {
        this.clock = clock;
    }

    @Override
    public String projection() {
        return ExpenseVersionsProjection.GROUP;
    }

    @Override
    public AsOf at(Instant moment, String parameter) {
        return clock.at(moment, parameter);
    }

    /** The condition for a version that held at the position. */
    static String holdsAt(long position) {
        return "from_position <= %1$d AND until_position > %1$d".formatted(position);
    }

    @Override
    public String expenses(long position) {
        return "(SELECT %s FROM expense_version WHERE %s)".formatted(EXPENSE_COLUMNS, holdsAt(position));
    }

    @Override
    public String dayTotals(long position) {
        return """
                (SELECT owner_id, spent_on, category_id, meal_type, currency, amount, 1 AS count
                   FROM expense_version WHERE NOT deleted AND %s)""".formatted(holdsAt(position));
    }

    @Override
    public String monthTotals(long position) {
        return RunningTotalTable.asOf(MONTH_TOTALS, ExpenseRow.MonthKey.class, position);
    }

    @Override
    public String everybodysMonthTotals(long position) {
        return RunningTotalTable.overallAsOf(MONTH_TOTALS, ExpenseRow.MonthKey.class, position);
    }

    @Override
    public String categories(long position) {
        return "(SELECT * FROM category_version WHERE %s)".formatted(holdsAt(position));
    }
}
