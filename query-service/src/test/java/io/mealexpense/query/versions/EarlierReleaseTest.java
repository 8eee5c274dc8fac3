package io.mealexpense.query.versions;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.ReadSide;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A release that knows nothing of what all owners came to writes beside this one, as during an upgrade. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EarlierReleaseTest {

    private static final UUID BOB = UUID.randomUUID();
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 15);

    private final UUID late = UUID.randomUUID();
    private final ReadSide readSide = ReadSide.open();
    private final EarlierRelease earlier = new EarlierRelease(readSide.jdbc);

    @AfterEach
    void close() throws InterruptedException {
        readSide.close();
    }

    private static StoredEvent lunchOf(UUID owner, String amount) {
        return lunchRecorded(UUID.randomUUID(), owner, amount, MARCH, null);
    }

    private void byEarlier(StoredEvent... events) {
        readSide.log.append(events);
        earlier.project(readSide);
    }

    private void byThis(StoredEvent... events) {
        readSide.log.append(events);
        readSide.project(readSide.projector(new ExpenseVersionsProjection(readSide.jdbc)), 1_000);
    }

    private static DeadLetterRetried retried(UUID expense) {
        return new DeadLetterRetried(UUID.randomUUID(), ExpenseVersionsProjection.GROUP, expense, "Mended");
    }

    private List<String> totals() {
        return readSide.jdbc.sql("""
                        SELECT concat_ws(' ', position, CASE owner_id WHEN ? THEN 'Bob' ELSE 'Alice' END, amount, count,
                                         coalesce(overall_amount || ' ' || overall_count, 'unknown'))
                          FROM expense_version_month_total ORDER BY position
                        """).param(BOB).query(String.class).list();
    }

    /** As an answer tells it. */
    private String everybodys(long position) {
        return readSide.jdbc
                .sql("SELECT coalesce((SELECT concat_ws(' ', month, amount, count) FROM %s t), 'nothing')"
                        .formatted(
                                new VersionedPast(new LogClock(readSide.dataSource)).everybodysMonthTotals(position)))
                .query(String.class)
                .single();
    }

    private void requireEverybodys(String... fromPosition0) {
        for (var position = 0; position < fromPosition0.length; position++) {
            assertThat(everybodys(position)).as("as of %d", position).isEqualTo(fromPosition0[position]);
        }
    }

    @Test
    void what_it_inserts_in_order_is_added_up_and_what_this_one_writes_next_is_whole() {
        byThis(lunchOf(ALICE, "1"), lunchOf(BOB, "10"));
        byEarlier(lunchOf(ALICE, "100"), lunchOf(BOB, "1000"), lunchOf(ALICE, "10000"));
        byThis(lunchOf(BOB, "100000"));
        byEarlier(lunchOf(BOB, "1000000"));
        byThis(lunchOf(ALICE, "10000000"), lunchOf(BOB, "100000000"));
        assertThat(totals())
                .containsExactly(
                        "1 Alice 1 1 1 1",
                        "2 Bob 10 1 11 2",
                        "3 Alice 101 2 unknown",
                        "4 Bob 1010 2 unknown",
                        "5 Alice 10101 3 unknown",
                        "6 Bob 101010 3 111111 6",
                        "7 Bob 1101010 4 unknown",
                        "8 Alice 10010101 4 11111111 8",
                        "9 Bob 101101010 5 111111111 9");
        requireEverybodys(
                "nothing",
                "2026-03-01 1 1",
                "2026-03-01 11 2",
                "2026-03-01 111 3",
                "2026-03-01 1111 4",
                "2026-03-01 11111 5",
                "2026-03-01 111111 6",
                "2026-03-01 1111111 7",
                "2026-03-01 11111111 8",
                "2026-03-01 111111111 9");
    }

    @Test
    void a_dead_letter_that_it_takes_leaves_nothing_wrong_behind() {
        byThis(lunchOf(BOB, "1"));
        earlier.refused.add(late);
        byEarlier(lunchRecorded(late, ALICE, "10", MARCH, null));
        byThis(lunchOf(BOB, "100"), lunchOf(ALICE, "1000"), lunchOf(BOB, "10000"));
        earlier.refused.clear();
        byEarlier(retried(late));
        assertThat(totals())
                .containsExactly(
                        "1 Bob 1 1 1 1",
                        "2 Alice 10 1 unknown",
                        "3 Bob 101 2 unknown",
                        "4 Alice 1010 2 unknown",
                        "5 Bob 10101 3 unknown");
        byThis(lunchOf(ALICE, "100000"));
        assertThat(totals()).last().isEqualTo("7 Alice 101010 3 111111 6");
        requireEverybodys(
                "nothing",
                "2026-03-01 1 1",
                "2026-03-01 11 2",
                "2026-03-01 111 3",
                "2026-03-01 1111 4",
                "2026-03-01 11111 5",
                "2026-03-01 11111 5",
                "2026-03-01 111111 6");
    }

    /** It updates no row then, and inserts what looks to it like its owner's last. */
    @Test
    void nor_does_one_behind_which_only_others_have_something() {
        earlier.refused.add(late);
        byEarlier(lunchRecorded(late, ALICE, "1", MARCH, null));
        byThis(lunchOf(BOB, "10"), lunchOf(BOB, "100"));
        earlier.refused.clear();
        byEarlier(retried(late));
        assertThat(totals()).containsExactly("1 Alice 1 1 unknown", "2 Bob 10 1 unknown", "3 Bob 110 2 unknown");
        requireEverybodys("nothing", "2026-03-01 1 1", "2026-03-01 11 2", "2026-03-01 111 3");
    }

    @Test
    void other_months_and_currencies_stay_as_they_are() {
        earlier.refused.add(late);
        byEarlier(lunchRecorded(late, ALICE, "1", MARCH, null));
        byThis(lunchRecorded(UUID.randomUUID(), BOB, "10", MARCH.plusMonths(1), null));
        earlier.refused.clear();
        byEarlier(retried(late));
        assertThat(totals()).containsExactly("1 Alice 1 1 unknown", "2 Bob 10 1 10 1");
    }

    @Test
    void a_dead_letter_that_this_one_takes_moves_what_is_known_and_empties_nothing() {
        earlier.refused.add(late);
        byEarlier(lunchRecorded(late, ALICE, "1", MARCH, null), lunchOf(BOB, "10"));
        byThis(lunchOf(ALICE, "100"), amendedTo(late, ALICE, "2", MARCH, null));
        byEarlier(lunchOf(BOB, "1000"));
        byThis(lunchOf(BOB, "10000"));
        byThis(retried(late));
        assertThat(totals())
                .containsExactly(
                        "1 Alice 1 1 1 1",
                        "2 Bob 10 1 unknown",
                        "3 Alice 101 2 111 3",
                        "4 Alice 102 2 112 3",
                        "5 Bob 1010 2 unknown",
                        "6 Bob 11010 3 11112 5");
        requireEverybodys(
                "nothing",
                "2026-03-01 1 1",
                "2026-03-01 11 2",
                "2026-03-01 111 3",
                "2026-03-01 112 3",
                "2026-03-01 1112 4",
                "2026-03-01 11112 5");
    }
}
