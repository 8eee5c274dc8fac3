package io.mealexpense.query.eventstream;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.events.DeadLetterDiscarded;
import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.FoldedTable;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.readmodel.SequencedRow;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLettersTest {

    private static final String PROJECTION = "monthly-report";

    private final UUID broken = UUID.randomUUID();
    private final UUID sound = UUID.randomUUID();
    private ReadSide readSide;
    private Amounts amounts;

    @BeforeEach
    void open() throws SQLException {
        readSide = ReadSide.open();
        try (var connection = readSide.database.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("CREATE TABLE read_model.narrow (expense_id uuid PRIMARY KEY, sequence bigint NOT NULL,"
                    + " amount numeric(4, 2) NOT NULL)");
        }
        amounts = new Amounts();
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.close();
    }

    record Narrow(UUID expenseId, long sequence, BigDecimal amount) implements SequencedRow {

        @Override
        public UUID rowId() {
            return expenseId;
        }

        static Narrow after(@Nullable Narrow before, Fact<MealExpenseEvent> fact) {
            return new Narrow(
                    fact.event().mealExpenseId(),
                    fact.sequence(),
                    fact.event() instanceof MealExpenseRecorded recorded ? recorded.amount() : before.amount());
        }
    }

    /** Keeps amounts in a column that is too narrow for some, and refuses what a test wants it to. */
    private final class Amounts implements Projection {

        final Set<UUID> refused = new HashSet<>();
        private final FoldedTable<MealExpenseEvent, Narrow> rows =
                new FoldedTable<>(readSide.jdbc, "narrow", Narrow.class, Narrow::after);

        @Override
        public String group() {
            return PROJECTION;
        }

        @Override
        public List<ReadModelTable> tables() {
            return rows.tables();
        }

        @EventHandler
        void on(MealExpenseEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
            if (refused.contains(event.mealExpenseId())) {
                throw new IllegalStateException("Refused " + sequence);
            }
            rows.handle(event.mealExpenseId(), new Fact<>(sequence, at, event));
        }
    }

    private static MealExpenseRecorded recorded(UUID expense, String amount) {
        return lunchRecorded(expense, ALICE, amount, LocalDate.of(2026, 3, 15), null);
    }

    /** Any further event of the expense. */
    private static MealExpenseEvent next(UUID expense) {
        return new MealExpenseRestored(expense, ALICE, null);
    }

    /** The first attempt finds the batch spoiled, the second takes it one by one; both as a processor would. */
    private void project() {
        var projector = readSide.projector(amounts);
        readSide.project(projector, 1_000);
    }

    private List<String> rows() {
        return readSide.jdbc
                .sql("SELECT expense_id || ' ' || sequence FROM narrow ORDER BY amount")
                .query(String.class)
                .list();
    }

    private List<String> letters() {
        return readSide.jdbc
                .sql("SELECT position || ' ' || error || CASE WHEN discarded_at IS NULL THEN '' ELSE ' discarded' END"
                        + " FROM read_model.dead_letter ORDER BY position")
                .query(String.class)
                .list();
    }

    @Test
    void an_event_that_fails_alone_is_put_aside_with_the_later_ones_of_its_subject_and_the_others_go_on() {
        readSide.log.append(recorded(sound, "12.50"), recorded(broken, "1.00"), next(broken), next(sound));
        amounts.refused.add(broken);
        project();
        assertThat(rows()).containsExactly(sound + " 1");
        assertThat(letters())
                .containsExactly(
                        "2 IllegalStateException: Refused 0", "3 Waits for an earlier event of the same subject");
        readSide.log.append(next(broken));
        amounts.refused.clear();
        project();
        assertThat(letters())
                .as("what comes later waits too, though it would succeed")
                .hasSize(3)
                .last()
                .isEqualTo("5 Waits for an earlier event of the same subject");
    }

    @Test
    void what_the_database_does_not_take_is_put_aside_too() {
        readSide.log.append(recorded(broken, "12345.00"), recorded(sound, "12.50"));
        project();
        assertThat(rows()).containsExactly(sound + " 0");
        assertThat(letters()).singleElement().asString().contains("1 PSQLException", "numeric field overflow");
    }

    @Test
    void a_retry_takes_all_of_the_subject_in_order() {
        readSide.log.append(recorded(broken, "1.00"), next(broken), recorded(sound, "12.50"));
        amounts.refused.add(broken);
        project();
        readSide.log.append(new DeadLetterRetried(UUID.randomUUID(), PROJECTION, broken, "Still broken"));
        project();
        assertThat(letters()).hasSize(2);
        assertThat(readSide.jdbc
                        .sql("SELECT retries FROM read_model.dead_letter ORDER BY position")
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 0);
        amounts.refused.clear();
        readSide.log.append(
                new DeadLetterRetried(UUID.randomUUID(), "expense-list", broken, "Of another projection"), next(sound));
        project();
        assertThat(letters()).hasSize(2);
        readSide.log.append(
                next(broken), new DeadLetterRetried(UUID.randomUUID(), PROJECTION, broken, "Mended"), next(broken));
        project();
        assertThat(letters()).isEmpty();
        assertThat(rows()).containsExactly(broken + " 3", sound + " 1");
    }

    @Test
    void what_is_discarded_stays_out_quietly_until_it_is_retried() {
        readSide.log.append(recorded(broken, "1.00"));
        amounts.refused.add(broken);
        project();
        readSide.log.append(
                new DeadLetterDiscarded(UUID.randomUUID(), PROJECTION, broken, "Known"), next(broken), next(broken));
        project();
        assertThat(letters()).hasSize(3).allMatch(letter -> letter.endsWith(" discarded"));
        amounts.refused.clear();
        readSide.log.append(new DeadLetterRetried(UUID.randomUUID(), PROJECTION, broken, "After all"));
        project();
        assertThat(letters()).isEmpty();
        assertThat(rows()).containsExactly(broken + " 2");
    }

    @Test
    void a_projection_that_fails_at_everything_stops() {
        var expenses = IntStream.rangeClosed(0, DeadLetters.LIMIT)
                .mapToObj(i -> recorded(UUID.randomUUID(), "1.00"))
                .toList();
        expenses.forEach(expense -> amounts.refused.add(expense.mealExpenseId()));
        readSide.log.append(expenses);
        assertThatThrownBy(this::project).hasMessageContaining("has put 1000 events aside");
        assertThat(letters()).hasSize(DeadLetters.LIMIT);
    }

    @Test
    void failures_of_the_database_are_no_events_fault() {
        assertThat(Failures.areOfTheEvent(new IllegalStateException(new SQLException("", "22003"))))
                .isTrue();
        assertThat(Failures.areOfTheEvent(new NullPointerException())).isTrue();
        for (var state : List.of("08006", "40P01", "42P01", "53300", "55P03", "57014", "57P01")) {
            assertThat(Failures.areOfTheEvent(new IllegalStateException(new SQLException("", state))))
                    .as(state)
                    .isFalse();
        }
        assertThat(Failures.areOfTheEvent(new OutOfMemoryError())).isFalse();
        assertThat(Failures.areOfTheEvent(new LogBrokenException("Position 2 is missing from the log")))
                .isFalse();
    }
}
