package io.mealexpense.query.eventstream;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.edge.trace.Traces;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.readmodel.ProjectionProgress;
import io.mealexpense.query.readmodel.ReadModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogSourceTest {

    private static final int WRITERS = 16;

    private final List<TrackingEventProcessor> running = new ArrayList<>();
    private ReadSide readSide;

    @BeforeEach
    void open() throws SQLException {
        readSide = ReadSide.open();
        readSide.head.start();
        try (var connection = readSide.database.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            // without a key: what is projected twice must be seen
            statement.execute("CREATE TABLE read_model.projected (position bigint NOT NULL)");
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        running.forEach(TrackingEventProcessor::shutDown);
        readSide.close();
    }

    /** Notes positions, in the order and as often as they come; slow or failing where a test wants it. */
    private class Notes implements Projection {

        volatile long failingAt = -1;
        volatile int millis;

        @Override
        public String group() {
            return "notes";
        }

        @Override
        public List<ReadModelTable> tables() {
            return List.of(new ReadModelTable("projected", List.of("position"), ReadModelTable.Kind.ROWS));
        }

        @EventHandler
        void on(StoredEvent event, TrackingToken token) throws InterruptedException {
            var position = token.position().orElseThrow();
            if (position == failingAt) {
                throw new DataAccessResourceFailureException("No room for " + position);
            }
            Thread.sleep(millis);
            readSide.jdbc
                    .sql("INSERT INTO projected (position) VALUES (?)")
                    .param(position)
                    .update();
        }
    }

    private void start(Projection projection, int batchSize) {
        var properties = new QueryProperties.ProjectionProperties(
                batchSize, Duration.ofSeconds(4), Duration.ofMillis(50), Long.MAX_VALUE);
        var processor = new ProjectionProcessor(
                readSide.projector(projection),
                readSide.source(batchSize),
                readSide.tokens,
                readSide.transactions,
                properties,
                Traces.none());
        running.add(processor);
        processor.start();
    }

    private List<Long> projected() {
        return readSide.jdbc
                .sql("SELECT position FROM projected")
                .query(Long.class)
                .list();
    }

    private String token(String column) {
        return readSide.jdbc
                .sql("SELECT %s::text FROM projection_token".formatted(column))
                .query((row, number) -> String.valueOf(row.getString(1)))
                .single();
    }

    @Test
    void sixteen_writers_some_rolling_back_and_a_reader_that_lags_lose_and_double_nothing() throws Exception {
        var notes = new Notes();
        notes.millis = 1;
        start(notes, 50);
        var committed = new AtomicInteger();
        var begin = new CountDownLatch(1);
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var all = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> {
                        begin.await();
                        write(new Random(writer), committed);
                        return null;
                    }))
                    .toList();
            begin.countDown();
            for (var writer : all) {
                writer.get(60, TimeUnit.SECONDS);
            }
        }
        var expected = LongStream.rangeClosed(1, committed.get()).boxed().toList();
        assertThat(readSide.jdbc
                        .sql("SELECT position FROM event_store.domain_event ORDER BY position")
                        .query(Long.class)
                        .list())
                .isEqualTo(expected);
        await().atMost(Duration.ofSeconds(30)).until(() -> projected().size() >= expected.size());
        assertThat(projected()).isEqualTo(expected);
    }

    private void write(Random random, AtomicInteger committed) throws SQLException, InterruptedException {
        try (var connection = readSide.database.connect(Role.COMMAND)) {
            connection.setAutoCommit(false);
            for (var i = 0; i < 25; i++) {
                var events = 1 + random.nextInt(3);
                for (var e = 0; e < events; e++) {
                    readSide.log.append(connection, lunch(), 0, TestLog.METADATA);
                }
                if (random.nextInt(4) == 0) {
                    Thread.sleep(random.nextInt(5));
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.addAndGet(events);
                }
            }
        }
    }

    /**
     * Events that are minutes old when they are read, as for a reader that lags or begins again, and beside them
     * transactions that are still open: one that has appended, one that has only begun.
     */
    @Test
    void a_reader_that_lags_by_minutes_waits_for_an_append_that_is_still_open() throws Exception {
        readSide.log.recordsAgo(Duration.ofMinutes(2));
        readSide.log.append(IntStream.range(0, 20).mapToObj(n -> lunch()).toList());
        try (var open = readSide.database.connect(Role.COMMAND);
                var begun = readSide.database.connect(Role.COMMAND);
                var xid = begun.createStatement();
                var threads = Executors.newSingleThreadExecutor()) {
            begun.setAutoCommit(false);
            xid.execute("SELECT pg_current_xact_id()");
            open.setAutoCommit(false);
            readSide.log.append(open, lunch(), 0, TestLog.METADATA);
            readSide.log.append(open, lunch(), 0, TestLog.METADATA);
            var next = threads.submit(() -> readSide.log.append(lunch()));
            start(new Notes(), 7);

            await().until(() -> projected().size() == 20);
            await().during(Duration.ofMillis(500)).until(() -> projected().size() == 20 && !next.isDone());
            open.commit();

            assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(23);
            await().until(() -> projected().size() == 23);
            begun.rollback();
        }
        assertThat(projected()).isEqualTo(LongStream.rangeClosed(1, 23).boxed().toList());
        assertThat(token("error")).isEqualTo("null");
    }

    private static StoredEvent lunch() {
        return lunchRecorded(UUID.randomUUID(), ALICE, "12.50", LocalDate.of(2026, 3, 15), null);
    }

    @Test
    void a_database_that_fails_stops_the_projection_and_is_tried_again_until_it_succeeds() {
        var notes = new Notes();
        notes.failingAt = 3;
        start(notes, 2);
        readSide.log.append(List.of(lunch(), lunch()));
        await().until(() -> projected().size() == 2);
        readSide.log.append(List.of(lunch(), lunch(), lunch()));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> token("error").equals("DataAccessResourceFailureException: No room for 3"));
        assertThat(projected()).containsExactly(1L, 2L);
        assertThat(token("position")).isEqualTo("2");
        notes.failingAt = -1;
        await().atMost(Duration.ofSeconds(20)).until(() -> projected().size() == 5);
        assertThat(projected()).containsExactly(1L, 2L, 3L, 4L, 5L);
        await().until(() -> token("error").equals("null"));
    }

    @Test
    void an_event_that_cannot_be_read_stops_the_projection_after_those_before_it() throws SQLException {
        readSide.log.append(lunch());
        try (var connection = readSide.database.connect(Role.COMMAND)) {
            appendUnreadable(connection);
        }
        readSide.log.append(lunch());
        start(new Notes(), 100);
        await().atMost(Duration.ofSeconds(10)).until(() -> token("error").contains("Position 2 (TableReserved)"));
        assertThat(projected()).containsExactly(1L);
        assertThat(token("position")).isEqualTo("1");
    }

    private void appendUnreadable(Connection connection) throws SQLException {
        readSide.log.append(connection, "Table", UUID.randomUUID(), 0, "TableReserved", "{}", TestLog.METADATA);
    }

    @Test
    void a_hole_in_the_log_is_refused() throws SQLException {
        readSide.log.append(lunch());
        try (var connection = readSide.database.connect(Role.COMMAND);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE event_store.head SET position = position + 1");
        }
        readSide.log.append(lunch());
        assertThatThrownBy(() -> readSide.source.after(0)).hasMessage("Position 2 is missing from the log");
    }

    @Test
    void a_log_that_ends_before_what_was_projected_is_refused() {
        readSide.log.append(lunch());
        await().until(() -> readSide.head.position() == 1);
        try (var stream = readSide.source.openStream(new GlobalSequenceTrackingToken(2))) {
            assertThatThrownBy(() -> stream.hasNextAvailable(10, TimeUnit.MILLISECONDS))
                    .hasMessageContaining("The log ends at position 1, but 2 was already projected");
        }
    }

    @Test
    void a_log_that_is_not_there_yet_is_waited_for() throws Exception {
        var nowhere = new QueryProperties.DataSourceProperties("jdbc:postgresql://127.0.0.1:1/none", "nobody", "", 2);
        try (var head = new LogHead(nowhere, Duration.ofMillis(10))) {
            head.start();
            assertThat(head.awaitBeyond(0, 100, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(head.position()).isEqualTo(LogHead.UNKNOWN);
        }
    }

    @Test
    void a_waiting_stream_is_woken_by_an_append_long_before_it_would_look_for_itself() throws Exception {
        try (var head = new LogHead(ReadSide.connection(readSide.database), Duration.ofSeconds(20))) {
            head.start();
            var told = new AtomicLong();
            var listening = head.onAdvance(() -> told.set(head.position()));
            await().untilAsserted(() -> assertThat(listeners()).isEqualTo(2));
            readSide.log.append(lunch());
            assertThat(head.awaitBeyond(0, 5, TimeUnit.SECONDS)).isTrue();
            await().until(() -> told.get() == 1);
            listening.run();
        }
    }

    private int listeners() {
        return readSide.jdbc
                .sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'meals-query-head'"
                        + " AND datname = current_database() AND query LIKE 'SELECT position%'")
                .query(Integer.class)
                .single();
    }

    @Test
    void a_projection_has_one_owner_and_a_silent_one_loses_it() {
        var other = new ProjectionTokenStore(
                readSide.jdbc,
                readSide.source,
                new ProjectionProgress(),
                "other",
                Duration.ofSeconds(4),
                FirstCopies.NONE);
        readSide.tokens.initializeTokenSegments("notes", 1);
        readSide.tokens.fetchToken("notes", 0);
        assertThatThrownBy(() -> other.fetchToken("notes", 0)).hasMessageContaining("not claimed by other");
        readSide.jdbc
                .sql("UPDATE projection_token SET claimed_at = clock_timestamp() - interval '5 seconds'")
                .update();
        assertThat(other.fetchToken("notes", 0)).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThatThrownBy(() -> readSide.transactions.executeInTransaction(
                        () -> readSide.tokens.storeToken(new GlobalSequenceTrackingToken(7), "notes", 0)))
                .hasMessageContaining("not claimed by test");
        other.releaseClaim("notes", 0);
        assertThat(readSide.tokens.fetchToken("notes", 0)).isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    /** Or nobody would have it until the clock is where it had been. */
    @Test
    void a_silent_owner_loses_its_projection_although_the_servers_clock_was_put_back() {
        readSide.tokens.initializeTokenSegments("notes", 1);
        readSide.jdbc
                .sql("UPDATE projection_token SET owner = 'dead', claimed_at = clock_timestamp() + interval '1 hour'")
                .update();
        assertThat(readSide.tokens.fetchToken("notes", 0)).isEqualTo(new GlobalSequenceTrackingToken(0));
    }
}
