package io.mealexpense.query.monthlyreport;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.EXPENSE;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.events.ExpenseEvents;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.monthlyreport.MonthlyReport.Month;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.Owners;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MonthlyReportTest {

    private static final UUID BOB = UUID.fromString("0199a000-0000-7000-8000-00000000000b");
    private static final UUID OTHER = UUID.fromString("0199a000-0000-7000-8000-000000000002");

    private ReadSide readSide;
    private MonthlyReportProjection projection;
    private MonthlyReportQueries queries;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
        projection = new MonthlyReportProjection(readSide.jdbc);
        queries = new MonthlyReportQueries(readSide.jdbc, readSide.reads);
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.close();
    }

    private List<Month> months(UUID owner) {
        return queries.report(
                        new Owners(Optional.ofNullable(owner)),
                        YearMonth.of(2026, 1),
                        YearMonth.of(2026, 12),
                        Moment.now(AtLeast.ANYTHING))
                .months();
    }

    private static Month month(String month, Total... totals) {
        return new Month(month, List.of(totals));
    }

    @Test
    void a_lunch_counts_in_the_month_it_was_eaten() {
        readSide.log.append(lunchRecorded("12.50"));
        readSide.project(projection);
        assertThat(months(ALICE)).containsExactly(month("2026-03", new Total("EUR", "12.50", 1)));
    }

    @Test
    void a_correction_moves_it_to_another_month() {
        readSide.log.append(lunchRecorded("12.50"), amendedTo(EXPENSE, ALICE, "13.20", LocalDate.of(2026, 4, 2), null));
        readSide.project(projection, left -> 1);
        assertThat(months(ALICE)).containsExactly(month("2026-04", new Total("EUR", "13.20", 1)));
    }

    @Test
    void a_whole_life_in_one_batch_is_the_same_as_event_by_event() {
        readSide.log.append(
                lunchRecorded("12.50"),
                amendedTo("13.20"),
                new MealExpenseDeleted(EXPENSE, ALICE, null),
                new MealExpenseRestored(EXPENSE, ALICE, null),
                amendedTo("14.00"));
        readSide.project(projection);
        assertThat(months(ALICE)).containsExactly(month("2026-03", new Total("EUR", "14.00", 1)));
    }

    @Test
    void what_is_delivered_twice_counts_once() {
        readSide.log.append(lunchRecorded("12.50"), amendedTo("13.20"));
        readSide.project(projection);
        readSide.projectAgain(projection, 0);
        readSide.projectAgain(projection, 1);
        assertThat(months(ALICE)).containsExactly(month("2026-03", new Total("EUR", "13.20", 1)));
    }

    @Test
    void the_deleted_counts_no_more_and_the_restored_again() {
        readSide.log.append(lunchRecorded("12.50"), new MealExpenseDeleted(EXPENSE, ALICE, null));
        readSide.project(projection);
        assertThat(months(ALICE)).isEmpty();
        readSide.log.append(new MealExpenseRestored(EXPENSE, ALICE, null));
        readSide.project(projection);
        assertThat(months(ALICE)).containsExactly(month("2026-03", new Total("EUR", "12.50", 1)));
    }

    @Test
    void money_back_is_subtracted_and_everybody_is_added_up() {
        readSide.log.append(
                lunchRecorded("12.50"), lunchRecorded(OTHER, BOB, "-2.25", LocalDate.of(2026, 3, 31), null));
        readSide.project(projection);
        assertThat(months(BOB)).containsExactly(month("2026-03", new Total("EUR", "-2.25", 1)));
        assertThat(months(null)).containsExactly(month("2026-03", new Total("EUR", "10.25", 2)));
    }

    @Test
    void a_missing_event_is_refused_and_nothing_of_its_batch_counts() {
        readSide.log.append(lunchRecorded("12.50"));
        readSide.project(projection);
        readSide.log.append(amendedTo("13.20"));
        readSide.jdbc.sql("UPDATE monthly_report_line SET sequence = -1").update();
        readSide.log.append(lunchRecorded(OTHER, ALICE, "1.00", LocalDate.of(2026, 3, 1), null));
        assertThatThrownBy(() -> readSide.project(projection))
                .hasMessage("monthly_report_line of %s: event 1 follows event -1".formatted(ExpenseEvents.EXPENSE));
        assertThat(months(ALICE)).containsExactly(month("2026-03", new Total("EUR", "12.50", 1)));
    }
}
