package io.mealexpense.query.versions;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.readmodel.AsOf;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which position a moment was, and that it stays the same whoever is just appending. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogClockTest {

    private ReadSide readSide;
    private LogClock clock;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
        clock = new LogClock(readSide.dataSource);
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.close();
    }

    private static MealExpenseRecorded lunch() {
        return lunchRecorded(UUID.randomUUID(), ALICE, "12.50", LocalDate.of(2026, 3, 15), null);
    }

    private Instant recordedAt(long position) {
        return instant("SELECT recorded_at FROM event_store.domain_event WHERE position = " + position);
    }

    private Instant headAt() {
        return instant("SELECT at FROM event_store.head");
    }

    private Instant instant(String sql) {
        return readSide.jdbc
                .sql(sql)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    private AsOf at(Instant moment) {
        return clock.at(moment, "asOf");
    }

    @Test
    void before_the_first_event_there_is_nothing() {
        assertThat(at(Instant.EPOCH)).isEqualTo(new AsOf(Instant.EPOCH, 0, null));
        readSide.log.append(lunch());
        var moment = recordedAt(1).minus(1, ChronoUnit.MICROS);
        assertThat(at(moment)).isEqualTo(new AsOf(moment, 0, null));
    }

    @Test
    void a_moment_is_the_last_event_that_was_recorded_by_then() {
        for (var i = 0; i < 37; i++) {
            readSide.log.append(lunch());
        }
        for (var position = 1; position <= 37; position++) {
            var moment = recordedAt(position);
            assertThat(at(moment)).isEqualTo(new AsOf(moment, position, moment));
            assertThat(at(moment.minus(1, ChronoUnit.MICROS)).position()).isEqualTo(position - 1);
        }
    }

    @Test
    void of_events_recorded_at_the_same_time_all_count() {
        readSide.log.append(lunch());
        readSide.log.recordsAgo(Duration.ofHours(1)); // the clock stands still
        readSide.log.append(lunch(), lunch(), lunch());
        assertThat(recordedAt(4)).isEqualTo(recordedAt(1));
        assertThat(at(recordedAt(1)).position()).isEqualTo(4);
        readSide.log.append(lunch());
        assertThat(recordedAt(5)).as("the moment was settled").isAfter(recordedAt(1));
        assertThat(at(recordedAt(1)).position()).isEqualTo(4);
    }

    @Test
    void what_lies_in_the_future_is_refused_and_moves_no_clock() {
        readSide.log.append(lunch());
        var before = headAt();
        assertThatThrownBy(() -> at(clock.now().plusSeconds(60)))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.type()).isEqualTo(ProblemType.REFUSED);
                    assertThat(refused.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.field()).isEqualTo("asOf"));
                });
        var settled = readSide.jdbc
                .sql("SELECT event_store.settle(clock_timestamp() + interval '1 minute')")
                .query(Boolean.class)
                .single();
        assertThat(settled).isFalse();
        assertThat(headAt()).isEqualTo(before);
    }

    @Test
    void what_is_long_past_touches_nothing() {
        readSide.log.append(lunch(), lunch());
        var before = headAt();
        at(recordedAt(1));
        assertThat(headAt()).isEqualTo(before);
    }

    /** By the server, whatever limits the session has of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "SELECT pg_sleep(30)"})
    void who_settles_and_does_not_end_the_transaction_keeps_appends_waiting_for_seconds_only(String goesOn)
            throws Exception {
        readSide.log.append(lunch());
        try (var connection = readSide.database.connect(Role.QUERY);
                var statement = connection.createStatement();
                var other = readSide.database.connect(Role.COMMAND);
                var append = other.createStatement()) {
            statement.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0");
            append.execute("SET lock_timeout = '8s'");
            connection.setAutoCommit(false);
            statement.execute("SELECT event_store.settle(clock_timestamp())");
            var going = CompletableFuture.runAsync(() -> {
                try {
                    statement.execute(goesOn);
                } catch (SQLException ended) {
                    throw new CompletionException(ended);
                }
            });
            append.execute("UPDATE event_store.head SET at = at");
            assertThat(going.handle((done, refused) -> "ended")).succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_recent_moment_waits_for_the_append_that_is_under_way() throws Exception {
        readSide.log.append(lunch());
        try (var append = readSide.log.begin(lunch())) {
            var moment = clock.now();
            var answer = CompletableFuture.supplyAsync(() -> at(moment));
            assertThatThrownBy(() -> answer.get(700, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            append.commit();
            assertThat(answer.get(5, TimeUnit.SECONDS).position()).isEqualTo(2);
            assertThat(recordedAt(2)).isBeforeOrEqualTo(moment);
        }
    }

    @Test
    void an_append_that_comes_to_nothing_is_waited_for_and_not_counted() throws Exception {
        readSide.log.append(lunch());
        CompletableFuture<AsOf> answer;
        try (var append = readSide.log.begin(lunch())) {
            var moment = clock.now();
            answer = CompletableFuture.supplyAsync(() -> at(moment));
            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
        assertThat(answer.get(5, TimeUnit.SECONDS).position()).isEqualTo(1);
    }

    @Test
    void an_append_that_read_the_clock_before_gets_a_later_time_all_the_same() throws Exception {
        readSide.log.append(lunch());
        var moment = new CompletableFuture<Instant>();
        CompletableFuture<AsOf> answer;
        CompletableFuture<Long> later;
        try (var first = readSide.log.begin(lunch())) {
            moment.complete(clock.now());
            answer = CompletableFuture.supplyAsync(() -> at(moment.join()));
            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            later = CompletableFuture.supplyAsync(() -> readSide.log.append(lunch()));
            assertThatThrownBy(() -> later.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            first.commit();
        }
        var position = later.get(5, TimeUnit.SECONDS);
        assertThat(answer.get(5, TimeUnit.SECONDS).position()).isEqualTo(2);
        assertThat(recordedAt(position)).isAfter(moment.join());
        assertThat(at(moment.join())).isEqualTo(answer.join());
    }

    @Test
    void an_append_that_does_not_end_is_not_waited_for_for_ever() throws SQLException {
        try (var append = readSide.log.begin(lunch())) {
            assertThat(append).isNotNull();
            assertThatThrownBy(() -> at(clock.now()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            busy -> assertThat(busy.type()).isEqualTo(ProblemType.BUSY));
        }
    }

    @Test
    void nobody_but_the_read_side_may_settle() {
        assertThatThrownBy(() -> {
                    try (var connection = readSide.database.connect(Role.COMMAND);
                            var statement = connection.createStatement()) {
                        statement.execute("SELECT event_store.settle(clock_timestamp())");
                    }
                })
                .hasMessageContaining("permission denied");
    }
}
