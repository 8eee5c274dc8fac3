package io.mealexpense.query.expense;

import io.mealexpense.query.web.Where;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days in a row, told as whole months and the days before and after them, so that sums over years add up months.
 *
 * @param from first day, absent for the beginning
 * @param to last day, absent for no end
 */
public record Period(@Nullable LocalDate from, @Nullable LocalDate to) {

    /** First day of the first whole month; absent if there is no first day. */
    private @Nullable LocalDate firstMonth() {
        return from == null || from.getDayOfMonth() == 1
                ? from
                : from.withDayOfMonth(1).plusMonths(1);
    }

    /** The day after the last whole month; absent if there is no last day. */
    private @Nullable LocalDate afterMonths() {
        return to == null ? null : to.plusDays(1).withDayOfMonth(1);
    }

    public boolean contains(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    public boolean hasMonths() {
        var first = firstMonth();
        var after = afterMonths();
        return first == null || after == null || first.isBefore(after);
    }

    /** Whether there are days in no whole month. */
    public boolean hasDays() {
        return !hasMonths()
                || from != null && !from.equals(firstMonth())
                || to != null && !to.plusDays(1).equals(afterMonths());
    }

    public Where addMonthsTo(Where where) {
        return where.and("month >= :firstMonth", "firstMonth", firstMonth())
                .and("month < :afterMonths", "afterMonths", afterMonths());
    }

    /** The days that are in no whole month of the period. */
    public Where addDaysTo(Where where) {
        where.and("spent_on >= :from", "from", from).and("spent_on <= :to", "to", to);
        var first = firstMonth();
        var after = afterMonths();
        if (!hasMonths()) {
            return where;
        }
        if (first != null && after != null) {
            return where.and("(spent_on < :firstMonth OR spent_on >= :afterMonths)")
                    .parameter("firstMonth", first)
                    .parameter("afterMonths", after);
        }
        return where.and("spent_on < :firstMonth", "firstMonth", first)
                .and("spent_on >= :afterMonths", "afterMonths", after);
    }
}
