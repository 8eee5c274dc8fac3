package io.mealexpense.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mealexpense.command.metrics.CommandMeters;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventLogTest {

    private static final int WRITERS = 16;
    private static final int APPENDS_EACH = 150;

    private final Database database = LogDatabase.create();
    private final HikariDataSource pool = pool();
    private final AtomicInteger notified = new AtomicInteger();
    private final EventLog log = new EventLog(pool, notified::incrementAndGet, LogDatabase.gate(pool));
    private final JdbcClient reader = JdbcClient.create(LogDatabase.as(Role.QUERY, database));

    private HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.username(Role.COMMAND));
        config.setPassword(database.password(Role.COMMAND));
        config.setMaximumPoolSize(WRITERS);
        return new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static NewEvent event(UUID aggregate, long sequence) {
        return event(aggregate, sequence, null, "{\"n\": 1}");
    }

    private static NewEvent event(UUID aggregate, long sequence, String commandId, String payload) {
        return new NewEvent("Test", aggregate, sequence, UUID.randomUUID(), "Happened", "1", commandId, payload, "{}");
    }

    @Test
    void a_batch_takes_the_next_positions_in_its_order() {
        var aggregate = UUID.randomUUID();

        assertThat(log.append(List.of(event(aggregate, 0)))).isEqualTo(1);
        assertThat(log.append(List.of(event(aggregate, 1), event(aggregate, 2), event(aggregate, 3))))
                .isEqualTo(4);

        assertThat(reader.sql("SELECT sequence FROM event_store.domain_event ORDER BY position")
                        .query(Long.class)
                        .list())
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(notified).hasValue(2);
    }

    @Test
    void the_bytes_of_a_payload_stay_as_written() {
        var payload = "{\"z\": \"13.20\",  \"a\":[ ]}";
        log.append(List.of(event(UUID.randomUUID(), 0, null, payload)));

        assertThat(reader.sql("SELECT payload::text FROM event_store.domain_event")
                        .query(String.class)
                        .single())
                .isEqualTo(payload);
    }

    @Test
    void a_taken_sequence_refuses_the_whole_batch_and_uses_no_position_up() {
        var aggregate = UUID.randomUUID();
        log.append(List.of(event(aggregate, 0)));

        assertThatThrownBy(() -> log.append(List.of(event(UUID.randomUUID(), 0), event(aggregate, 0))))
                .isInstanceOf(EventLog.DuplicateEventException.class);

        assertThat(log.append(List.of(event(aggregate, 1)))).isEqualTo(2);
    }

    @Test
    void a_command_id_is_taken_once_per_aggregate() {
        var aggregate = UUID.randomUUID();
        log.append(List.of(event(aggregate, 0, "key-1", "{}")));

        assertThatThrownBy(() -> log.append(List.of(event(aggregate, 1, "key-1", "{}"))))
                .isInstanceOf(EventLog.DuplicateEventException.class);
        assertThat(log.append(List.of(event(UUID.randomUUID(), 0, "key-1", "{}"))))
                .isEqualTo(2);
    }

    @Test
    void a_lost_connection_is_resolved_by_looking_the_events_up() {
        var cut = new CuttingDataSource(pool);
        var aggregate = UUID.randomUUID();
        var behindTheCut = new EventLog(cut, notified::incrementAndGet, LogDatabase.gate(cut));

        cut.afterTheNextStatement();

        assertThat(behindTheCut.append(List.of(event(aggregate, 0)))).isEqualTo(1);
        assertThat(behindTheCut.append(List.of(event(aggregate, 1)))).isEqualTo(2);
    }

    @Test
    void a_connection_lost_before_the_append_says_that_nothing_was_recorded() {
        var cut = new CuttingDataSource(pool);
        var behindTheCut = new EventLog(cut, notified::incrementAndGet, LogDatabase.gate(cut));

        cut.beforeTheNextStatement();

        assertThatThrownBy(() -> behindTheCut.append(List.of(event(UUID.randomUUID(), 0))))
                .isInstanceOf(EventLogUnavailableException.class);
        assertThat(behindTheCut.append(List.of(event(UUID.randomUUID(), 0)))).isEqualTo(1);
    }

    /** A reader at the end, and one that begins again: neither passes by what is not there yet. */
    @Test
    void an_append_that_commits_late_is_not_overtaken() throws Exception {
        var late = new LateCommits(pool);
        var lateLog = new EventLog(late, notified::incrementAndGet, LogDatabase.gate(late));
        var first = event(UUID.randomUUID(), 0);
        log.append(List.of(first));
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(4);
                var end = ending(writing)) {
            var tailing = threads.submit(() -> follow(writing));
            var held = List.of(event(UUID.randomUUID(), 0), event(UUID.randomUUID(), 0));
            var lateAppend = threads.submit(() -> lateLog.append(held));
            await().until(late::hasOpen);
            var next = event(UUID.randomUUID(), 0);
            var nextAppend = threads.submit(() -> log.append(List.of(next)));
            var rebuilding = threads.submit(() -> follow(writing));
            await().pollDelay(Duration.ofMillis(300)).until(() -> true); // long enough to overtake
            late.commitOne();

            assertThat(lateAppend.get()).isEqualTo(3);
            assertThat(nextAppend.get()).isEqualTo(4);
            end.close();
            var all = Stream.of(first, held.getFirst(), held.getLast(), next)
                    .map(NewEvent::eventId)
                    .toList();
            assertThat(tailing.get()).isEqualTo(all);
            assertThat(rebuilding.get()).isEqualTo(all);
        }
    }

    /** As after a switch to a server whose clock is behind. */
    @Test
    void a_clock_of_the_server_that_is_set_back_does_not_set_the_log_back() {
        log.append(List.of(event(UUID.randomUUID(), 0)));
        var ahead = OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(10).truncatedTo(ChronoUnit.MICROS);
        JdbcClient.create(pool)
                .sql("UPDATE event_store.head SET at = ?")
                .param(ahead)
                .update();

        log.append(List.of(event(UUID.randomUUID(), 0)));
        log.append(List.of(event(UUID.randomUUID(), 0)));

        assertThat(reader.sql("SELECT recorded_at FROM event_store.domain_event WHERE position > 1")
                        .query(OffsetDateTime.class)
                        .list())
                .allSatisfy(at -> assertThat(at).isEqualTo(ahead));
    }

    /** Whoever stops between two statements of a look-up, for however long, keeps nothing locked. */
    @Test
    void looking_an_outcome_up_holds_nobody_up() {
        var cut = new CuttingDataSource(pool);
        var behindTheCut = new EventLog(cut, notified::incrementAndGet, LogDatabase.gate(cut));
        var others = new AtomicInteger();
        try (var threads = Executors.newSingleThreadExecutor()) {
            cut.betweenStatements(() -> {
                threads.submit(() -> log.append(List.of(event(UUID.randomUUID(), 0))))
                        .get(3, TimeUnit.SECONDS);
                others.incrementAndGet();
            });
            cut.afterTheNextStatement();

            behindTheCut.append(List.of(event(UUID.randomUUID(), 0)));
        }
        assertThat(others).hasValueGreaterThan(1);
    }

    /** Sixteen writers, a fifth of their batches refused, a reader that lags: all is seen once, in order. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void a_lagging_reader_sees_every_acknowledged_event_once_and_in_order(boolean batched) throws Exception {
        var writing = new AtomicBoolean(true);
        var committer = new Committer(log, 100, 64, new CommandMeters(new SimpleMeterRegistry()));
        var appender = batched ? committer : log;
        try (committer;
                var threads = Executors.newFixedThreadPool(WRITERS + 1);
                var end = ending(writing)) {
            var seen = threads.submit(() -> follow(writing));
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> threads.submit((Callable<List<UUID>>) () -> write(writer, appender)))
                    .toList();
            Set<UUID> acknowledged = new HashSet<>();
            for (var writer : writers) {
                acknowledged.addAll(writer.get());
            }
            end.close();

            assertThat(seen.get()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(reader.sql("SELECT position FROM event_store.domain_event ORDER BY position")
                            .query(Long.class)
                            .list())
                    .isEqualTo(LongStream.rangeClosed(1, acknowledged.size())
                            .boxed()
                            .toList());
            assertThat(reader.sql("""
                                    SELECT count(*) FROM (
                                        SELECT recorded_at < lag(recorded_at) OVER (ORDER BY position) AS backwards
                                        FROM event_store.domain_event) AS neighbours
                                    WHERE backwards
                                    """).query(Long.class).single()).isZero();
        }
    }

    private List<UUID> write(int writer, Appender appender) {
        var random = new Random(writer);
        var acknowledged = new ArrayList<UUID>();
        var aggregate = UUID.randomUUID();
        var next = 0L;
        for (var i = 0; i < APPENDS_EACH; i++) {
            var batch = new ArrayList<NewEvent>();
            for (var n = random.nextInt(1, 9); n > 0; n--) {
                batch.add(event(aggregate, next + batch.size()));
            }
            if (next > 0 && random.nextInt(5) == 0) {
                batch.add(event(aggregate, 0));
                assertThatThrownBy(() -> appender.append(batch)).isInstanceOf(EventLog.DuplicateEventException.class);
            } else {
                appender.append(batch);
                batch.forEach(event -> acknowledged.add(event.eventId()));
                next += batch.size();
            }
        }
        return acknowledged;
    }

    /** Lets readers end, also when a test fails before they should. */
    private static UncheckedCloseable ending(AtomicBoolean writing) {
        return () -> writing.set(false);
    }

    private interface UncheckedCloseable extends AutoCloseable {
        @Override
        void close();
    }

    /** What it has passed by it never looks at again. */
    private List<UUID> follow(AtomicBoolean writing) {
        var seen = new ArrayList<UUID>();
        var position = 0L;
        while (true) {
            var more = writing.get();
            var events = reader.sql("""
                            SELECT position, event_id FROM event_store.domain_event
                            WHERE position > ? ORDER BY position LIMIT 37
                            """)
                    .param(position)
                    .query((row, n) -> {
                        seen.add(row.getObject("event_id", UUID.class));
                        return row.getLong("position");
                    })
                    .list();
            if (!events.isEmpty()) {
                position = events.getLast();
            } else if (!more) {
                return seen;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COMMAND, UPDATE event_store.domain_event SET payload = '{}'",
        "COMMAND, DELETE FROM event_store.domain_event",
        "COMMAND, TRUNCATE event_store.domain_event",
        "COMMAND, DELETE FROM event_store.head",
        "QUERY, INSERT INTO event_store.domain_event DEFAULT VALUES",
        "QUERY, UPDATE event_store.head SET position = 0",
        "QUERY, DELETE FROM event_store.domain_event"
    })
    void no_role_that_can_log_in_rewrites_the_log(Role role, String sql) {
        log.append(List.of(event(UUID.randomUUID(), 0)));

        assertThatThrownBy(() -> JdbcClient.create(LogDatabase.as(role, database))
                        .sql(sql)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    /** As after a restore that left a table out. */
    @Test
    void without_its_head_row_the_log_acknowledges_nothing() {
        log.append(List.of(event(UUID.randomUUID(), 0)));
        JdbcClient.create(LogDatabase.as(Role.MIGRATOR, database))
                .sql("SET ROLE meals_owner; ALTER TABLE event_store.head DISABLE TRIGGER one_row_for_ever;"
                        + " DELETE FROM event_store.head")
                .update();

        assertThatThrownBy(() -> log.append(List.of(event(UUID.randomUUID(), 0))))
                .hasMessageContaining("event_store.head");
        assertThatThrownBy(() -> new EventLog(pool, notified::incrementAndGet, LogDatabase.gate(pool))
                        .append(List.of(event(UUID.randomUUID(), 0))))
                .isInstanceOf(LogClosedException.class);
    }

    private void asOwner(String sql) {
        JdbcClient.create(LogDatabase.as(Role.MIGRATOR, database))
                .sql("SET ROLE meals_owner; " + sql)
                .update();
    }

    private static final String RESTORED = "UPDATE event_store.lineage SET timeline = timeline + 1";

    /** The price of the guard: nothing for an append on a connection that is known. */
    @Test
    void each_connection_is_asked_before_its_first_append_and_never_again() {
        log.append(List.of(event(UUID.randomUUID(), 0)));
        asOwner(RESTORED);

        log.append(List.of(event(UUID.randomUUID(), 0)));

        pool.getHikariPoolMXBean().softEvictConnections();
        assertThatThrownBy(() -> log.append(List.of(event(UUID.randomUUID(), 0))))
                .isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> log.append(List.of(event(UUID.randomUUID(), 0))))
                .as("closed is closed, on whatever connection")
                .isInstanceOf(LogClosedException.class);
        assertThat(reader.sql("SELECT position FROM event_store.head")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    /** Whatever was decided on the log as it was is not appended to the log as it is. */
    @Test
    void an_append_that_slept_through_a_recovery_is_refused_once() {
        var forgotten = new AtomicInteger();
        var slept = new EventLog(pool, notified::incrementAndGet, new LogGate(pool, forgotten::incrementAndGet));
        slept.append(List.of(event(UUID.randomUUID(), 0)));
        asOwner("UPDATE event_store.lineage SET since = 1, recovery = gen_random_uuid()");
        pool.getHikariPoolMXBean().softEvictConnections();

        assertThatThrownBy(() -> slept.append(List.of(event(UUID.randomUUID(), 0))))
                .isInstanceOf(LogBusyException.class);
        assertThat(forgotten).hasValue(1);
        assertThat(slept.append(List.of(event(UUID.randomUUID(), 0)))).isEqualTo(2);
    }

    @Test
    void a_look_every_second_closes_and_opens_without_a_new_connection() throws Exception {
        var gate = LogDatabase.gate(pool);
        try (gate) {
            var watched = new EventLog(pool, notified::incrementAndGet, gate);
            gate.start();
            watched.append(List.of(event(UUID.randomUUID(), 0)));
            asOwner(RESTORED);
            await().atMost(Duration.ofSeconds(10)).until(gate::isClosed);
            assertThatThrownBy(() -> watched.append(List.of(event(UUID.randomUUID(), 0))))
                    .isInstanceOf(LogClosedException.class);

            asOwner("UPDATE event_store.lineage SET timeline = timeline - 1");
            await().atMost(Duration.ofSeconds(10)).until(() -> !gate.isClosed());
            assertThat(watched.append(List.of(event(UUID.randomUUID(), 0)))).isEqualTo(2);
        }
    }

    /** Something was on its way when somebody looked, or the server was exchanged once more: look again. */
    @ParameterizedTest
    @CsvSource({
        "s.position, s.position - 1",
        "s.position, s.position + 1",
        "s.system_identifier, s.system_identifier + 1",
        "s.timeline, s.timeline + 1",
        "s.running_system_identifier, s.running_system_identifier + 1",
        "s.running_timeline, s.running_timeline + 1"
    })
    void a_recovery_declared_on_anything_but_what_is_there_opens_nothing(String is, String declared) {
        log.append(List.of(event(UUID.randomUUID(), 0)));
        asOwner(RESTORED);

        assertThat(declare(is, declared)).isEqualTo("otherwise");
        assertThat(lineage()).isEqualTo("1 other-timeline");

        assertThat(declare(is, is)).isEqualTo("declared");
        assertThat(lineage()).isEqualTo("2 open");
    }

    private String lineage() {
        return reader.sql("SELECT position || ' ' || coalesce(closed, 'open') FROM event_store.lineage_state")
                .query(String.class)
                .single();
    }

    private String declare(String is, String declared) {
        var arguments = Stream.of(
                        "s.position",
                        "s.system_identifier",
                        "s.timeline",
                        "s.running_system_identifier",
                        "s.running_timeline")
                .map(argument -> argument.equals(is) ? declared : argument)
                .collect(Collectors.joining(", "));
        var sql = "SELECT outcome FROM event_store.lineage_state s CROSS JOIN event_store.declare_recovery(%s,"
                + " gen_random_uuid(), gen_random_uuid(), 'LogRecoveryDeclared', '1', '{}', '{}')";
        return JdbcClient.create(pool)
                .sql(sql.formatted(arguments))
                .query(String.class)
                .single();
    }

    /** There is nothing to lose, and nobody who could declare anything. */
    @Test
    void a_log_without_events_is_at_home_wherever_it_is() throws Exception {
        asOwner("UPDATE event_store.lineage SET system_identifier = 1, timeline = 9");
        var gate = LogDatabase.gate(pool);
        try (gate) {
            gate.start();
            assertThat(gate.isClosed()).isFalse();
            assertThat(new EventLog(pool, notified::incrementAndGet, gate).append(List.of(event(UUID.randomUUID(), 0))))
                    .isEqualTo(1);
        }
    }

    @Test
    void the_owner_is_refused_too() {
        log.append(List.of(event(UUID.randomUUID(), 0)));
        var migrator = JdbcClient.create(LogDatabase.as(Role.MIGRATOR, database));

        assertThatThrownBy(() -> migrator.sql("SET ROLE meals_owner; UPDATE event_store.domain_event SET name = 'x'")
                        .update())
                .rootCause()
                .hasMessageContaining("append-only");
    }
}
