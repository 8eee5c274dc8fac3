package io.mealexpense.query.expense;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.query.web.Where;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PeriodTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 11, 1);
    private static final int DAYS = 150;

    /** Whether a day is counted by a whole month or on its own. */
    private static int timesCounted(Period period, LocalDate day) {
        var month = day.withDayOfMonth(1);
        var inMonths = period.hasMonths() && holds(period.addMonthsTo(new Where()), month, "month");
        var inDays = period.hasDays() && holds(period.addDaysTo(new Where()), day, "spent_on");
        return (inMonths ? 1 : 0) + (inDays ? 1 : 0);
    }

    private static boolean holds(Where where, LocalDate day, String column) {
        return where.sql()
                .replace("WHERE ", "")
                .lines()
                .map(line -> line.replace("   AND ", "").replaceAll("[()]", ""))
                .filter(line -> !line.isBlank())
                .allMatch(line -> java.util.Arrays.stream(line.split(" OR "))
                        .anyMatch(condition -> holds(where, condition.strip().split(" "), day, column)));
    }

    private static boolean holds(Where where, String[] condition, LocalDate day, String column) {
        assertThat(condition[0]).isEqualTo(column);
        var other = (LocalDate) where.parameters().get(condition[2].substring(1));
        return switch (condition[1]) {
            case ">=" -> !day.isBefore(other);
            case "<=" -> !day.isAfter(other);
            case "<" -> day.isBefore(other);
            default -> throw new IllegalArgumentException(condition[1]);
        };
    }

    private static boolean includes(Period period, LocalDate day) {
        return (period.from() == null || !day.isBefore(period.from()))
                && (period.to() == null || !day.isAfter(period.to()));
    }

    @Test
    void every_day_of_it_is_counted_once_and_no_other() {
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("PeriodTest: repeat with -Dseed=" + seed);
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var from = any(random);
            var to = any(random);
            var period = from != null && to != null && from.isAfter(to) ? new Period(to, from) : new Period(from, to);
            for (var day = FIRST; day.isBefore(FIRST.plusDays(DAYS)); day = day.plusDays(1)) {
                assertThat(timesCounted(period, day))
                        .as("%s in %s", day, period)
                        .isEqualTo(includes(period, day) ? 1 : 0);
            }
        }
    }

    /** Often the first or last day of a month. */
    private static @Nullable LocalDate any(Random random) {
        var day = FIRST.plusDays(random.nextInt(DAYS));
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> day.withDayOfMonth(1);
            case 2 -> YearMonth.from(day).atEndOfMonth();
            default -> day;
        };
    }

    @Test
    void whole_months_need_no_single_days() {
        assertThat(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)).hasDays())
                .isFalse();
        assertThat(new Period(null, null).hasDays()).isFalse();
        assertThat(new Period(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 31)).hasMonths())
                .isFalse();
    }
}
