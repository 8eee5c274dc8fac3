package io.mealexpense.query.versions;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.ReadSide;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VersionTablesTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 15);
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 2);

    private static final UUID BOB = UUID.randomUUID();

    private final UUID late = UUID.randomUUID();
    private final UUID sound = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    /** Cannot take some expenses for a while. */
    private final class Failing extends ExpenseVersionsProjection {

        final Set<UUID> refused = new HashSet<>();

        Failing(JdbcClient jdbc) {
            super(jdbc);
        }

        @Override
        @EventHandler
        void on(MealExpenseEvent event, DomainEventMessage<?> message, TrackingToken token) {
            if (refused.contains(event.mealExpenseId())) {
                throw new IllegalStateException("Refused");
            }
            super.on(event, message, token);
        }
    }

    /** The late one is the first of both months that it was ever in. */
    private List<StoredEvent> history() {
        return List.of(
                lunchRecorded(late, ALICE, "1.00", MARCH, null),
                lunchRecorded(sound, ALICE, "10.00", MARCH, null),
                amendedTo(late, ALICE, "2.00", APRIL, null),
                lunchRecorded(other, BOB, "100.00", APRIL, null),
                amendedTo(sound, ALICE, "20.00", APRIL, null),
                new MealExpenseDeleted(late, ALICE, "no longer"));
    }

    private static List<String> versions(ReadSide readSide) {
        return readSide.jdbc
                .sql(
                        "SELECT concat_ws(' ', from_position, until_position, amount, spent_on, deleted, event, actor_id, reason)"
                                + " FROM expense_version ORDER BY from_position")
                .query(String.class)
                .list();
    }

    private static List<String> totals(ReadSide readSide) {
        return readSide.jdbc
                .sql("SELECT concat_ws(' ', month, position, amount, count, is_first, overall_amount, overall_count)"
                        + " FROM expense_version_month_total ORDER BY month, position")
                .query(String.class)
                .list();
    }

    @Test
    void every_event_leaves_a_version_and_the_sums_after_it() throws InterruptedException {
        try (var readSide = ReadSide.open()) {
            readSide.log.append(history());
            readSide.project(new ExpenseVersionsProjection(readSide.jdbc), left -> 2);
            var actor = "0199a000-0000-7000-8000-00000000000a";
            var forGood = Long.MAX_VALUE;
            assertThat(versions(readSide))
                    .containsExactly(
                            "1 3 1.00 2026-03-15 f MealExpenseRecorded " + actor,
                            "2 5 10.00 2026-03-15 f MealExpenseRecorded " + actor,
                            "3 6 2.00 2026-04-02 f MealExpenseAmended " + actor,
                            "4 " + forGood + " 100.00 2026-04-02 f MealExpenseRecorded " + actor,
                            "5 " + forGood + " 20.00 2026-04-02 f MealExpenseAmended " + actor,
                            "6 " + forGood + " 2.00 2026-04-02 t MealExpenseDeleted " + actor + " no longer");
            assertThat(totals(readSide))
                    .containsExactly(
                            "2026-03-01 1 1.00 1 t 1.00 1",
                            "2026-03-01 2 11.00 2 f 11.00 2",
                            "2026-03-01 3 10.00 1 f 10.00 1",
                            "2026-03-01 5 0.00 0 f 0.00 0",
                            "2026-04-01 3 2.00 1 t 2.00 1",
                            "2026-04-01 4 100.00 1 t 102.00 2",
                            "2026-04-01 5 22.00 2 f 122.00 3",
                            "2026-04-01 6 20.00 1 f 120.00 2");
        }
    }

    @Test
    void what_was_put_aside_and_comes_late_ends_where_it_belongs() throws InterruptedException {
        try (var inOrder = ReadSide.open();
                var withRetry = ReadSide.open()) {
            inOrder.log.append(history());
            inOrder.project(new ExpenseVersionsProjection(inOrder.jdbc));

            withRetry.log.append(history());
            var failing = new Failing(withRetry.jdbc);
            failing.refused.add(late);
            withRetry.project(withRetry.projector(failing), 1_000);
            assertThat(versions(withRetry)).hasSize(3);
            failing.refused.clear();
            withRetry.log.append(
                    new DeadLetterRetried(UUID.randomUUID(), ExpenseVersionsProjection.GROUP, late, "Mended"));
            withRetry.project(withRetry.projector(failing), 1_000);

            assertThat(versions(withRetry)).isEqualTo(versions(inOrder));
            assertThat(totals(withRetry)).isEqualTo(totals(inOrder));
        }
    }

    /** By a release that has no such columns, or before there were any. */
    @Test
    void what_was_written_without_the_sums_of_all_is_added_up() throws InterruptedException {
        try (var whole = ReadSide.open();
                var partly = ReadSide.open()) {
            var projection = new ExpenseVersionsProjection(partly.jdbc);
            partly.log.append(history().subList(0, 4));
            partly.project(projection);
            partly.jdbc
                    .sql("UPDATE expense_version_month_total SET overall_amount = NULL, overall_count = NULL")
                    .update();
            for (var position = 1; position <= 4; position++) {
                assertThat(everybodys(partly, position))
                        .as("as of %d", position)
                        .isEqualTo(everybodysByOwners(partly, position));
            }

            partly.log.append(history().subList(4, 6));
            partly.project(projection);
            whole.log.append(history());
            whole.project(new ExpenseVersionsProjection(whole.jdbc));
            assertThat(totals(partly).stream().filter(row -> row.matches("\\S+ [56] .*")))
                    .containsExactlyElementsOf(totals(whole).stream()
                            .filter(row -> row.matches("\\S+ [56] .*"))
                            .toList());
            for (var position = 0; position <= 6; position++) {
                assertThat(everybodys(partly, position))
                        .as("as of %d", position)
                        .isEqualTo(everybodys(whole, position))
                        .isEqualTo(everybodysByOwners(partly, position));
            }
        }
    }

    private static List<String> everybodys(ReadSide readSide, long position) {
        return readSide.jdbc
                .sql("SELECT concat_ws(' ', month, currency, amount, count) FROM %s t ORDER BY month"
                        .formatted(
                                new VersionedPast(new LogClock(readSide.dataSource)).everybodysMonthTotals(position)))
                .query(String.class)
                .list();
    }

    private static List<String> everybodysByOwners(ReadSide readSide, long position) {
        return readSide.jdbc
                .sql(
                        "SELECT concat_ws(' ', month, currency, sum(amount), sum(count)) FROM %s t GROUP BY month, currency ORDER BY month"
                                .formatted(new VersionedPast(new LogClock(readSide.dataSource)).monthTotals(position)))
                .query(String.class)
                .list();
    }
}
