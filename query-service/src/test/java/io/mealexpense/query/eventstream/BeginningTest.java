package io.mealexpense.query.eventstream;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads.State;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is read of a read model that begins, or begins again because its token was lost. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BeginningTest {

    private static final String PROJECTION = "monthly-report";

    private ReadSide readSide;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.close();
    }

    private <T> T read(Function<State, T> query) {
        return readSide.reads.read(PROJECTION, Optional.empty(), AtLeast.ANYTHING, query);
    }

    private boolean isIncomplete() {
        return read(state -> Boolean.TRUE.equals(state.incomplete()));
    }

    private void record(int events) {
        for (var event = 0; event < events; event++) {
            readSide.log.append(lunchRecorded(UUID.randomUUID(), ALICE, "12.50", LocalDate.of(2026, 3, 15), null));
        }
    }

    private void begin() {
        readSide.transactions.executeInTransaction(() -> readSide.tokens.initializeTokenSegments(PROJECTION, 1));
    }

    private void reach(long position) {
        readSide.tokens.fetchToken(PROJECTION, 0);
        readSide.transactions.executeInTransaction(
                () -> readSide.tokens.storeToken(new GlobalSequenceTrackingToken(position), PROJECTION, 0));
    }

    @Test
    void answers_are_incomplete_until_all_is_read_that_the_log_had_when_it_began() {
        record(3);
        begin();
        assertThat(isIncomplete()).isTrue();
        record(1);
        reach(2);
        assertThat(isIncomplete()).isTrue();
        reach(3);
        assertThat(isIncomplete()).isFalse();
    }

    @Test
    void over_an_empty_log_answers_are_complete_at_once() {
        begin();
        assertThat(isIncomplete()).isFalse();
    }

    @Test
    void nothing_is_answered_before_it_has_begun() {
        assertThatThrownBy(this::isIncomplete)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.PROJECTION_BEHIND));
    }

    @Test
    void a_lost_token_begins_again_over_the_rows_that_were_live_last() {
        rebuilt(3, "swapped", 20);
        rebuilt(4, "swapped", 10);
        rebuilt(5, "cancelled", 0);
        rebuilt(6, "copying", 0);
        begin();
        assertThat(read(State::generation)).isEqualTo(4);
        String schema = read(state ->
                inside().sql("SELECT current_schema").query(String.class).single());
        assertThat(schema).isEqualTo("read_model_4");
    }

    @Test
    void rows_that_are_gone_too_are_made_from_nothing() {
        rebuilt(3, "swapped", 20);
        rebuilt(4, "swapped", 10);
        inside().sql("SELECT read_model.drop_retired(4, 'monthly_report_line')")
                .query((row, number) -> true)
                .single();
        begin();
        assertThat(read(State::generation)).isZero();
    }

    private JdbcClient inside() {
        return readSide.jdbc;
    }

    private void rebuilt(long generation, String state, int secondsAgo) {
        inside().sql("SELECT read_model.create_generation(?, '{monthly_report_line}', '{}')")
                .param(generation)
                .query((row, number) -> true)
                .single();
        inside().sql("""
                        INSERT INTO read_model.projection_rebuild (rebuild_id, position, projections, reason,
                               requested_by, requested_at, state, generation, finished_at)
                        VALUES (?, ?, ARRAY[?], 'A test', 'system', clock_timestamp(), ?, ?,
                                clock_timestamp() - make_interval(secs => ?))
                        """)
                .params(UUID.randomUUID(), generation, PROJECTION, state, generation, secondsAgo)
                .update();
    }
}
