package io.mealexpense.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sent and what arrives are two things, and a network decides how far they lie apart. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LateAppendTest {

    private final Database database = LogDatabase.create();
    private final Network network = network();
    private final JdbcClient reader = JdbcClient.create(LogDatabase.as(Role.QUERY, database));
    private HikariDataSource behindTheNetwork;
    private HikariDataSource beside;

    private Network network() {
        try {
            return new Network(database);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private EventLog behindTheNetwork(String settings) {
        behindTheNetwork = pool(network.url(), settings);
        return new EventLog(behindTheNetwork, () -> {}, LogDatabase.gate(behindTheNetwork));
    }

    private EventLog beside(String settings) {
        beside = pool(database.url(), settings);
        return new EventLog(beside, () -> {}, LogDatabase.gate(beside));
    }

    private HikariDataSource pool(String url, String settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(database.username(Role.COMMAND));
        config.setPassword(database.password(Role.COMMAND));
        config.setMaximumPoolSize(2);
        config.setConnectionInitSql(settings);
        return new HikariDataSource(config);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        for (var pool : new HikariDataSource[] {behindTheNetwork, beside}) {
            if (pool != null) {
                pool.close();
            }
        }
    }

    private static List<NewEvent> event() {
        return List.of(
                new NewEvent("Test", UUID.randomUUID(), 0, UUID.randomUUID(), "Happened", "1", null, "{}", "{}"));
    }

    /** The server has carried out what it got so far; before, another append could still go first. */
    private void awaitHeadTaken() {
        network.awaitHeld();
        var other = JdbcClient.create(LogDatabase.as(Role.COMMAND, database));
        await().until(() -> other.sql("SELECT position FROM event_store.head FOR UPDATE SKIP LOCKED")
                .query(Long.class)
                .list()
                .isEmpty());
    }

    private List<Long> positions() {
        return reader.sql("SELECT position FROM event_store.domain_event ORDER BY position")
                .query(Long.class)
                .list();
    }

    @Test
    void what_arrives_after_its_client_was_told_that_nothing_was_recorded_is_not_recorded() throws IOException {
        var log = behindTheNetwork("SET lock_timeout = '5s'");
        assertThat(log.append(event())).isEqualTo(1);

        network.loseTheNextAppend();
        assertThatThrownBy(() -> log.append(event())).isInstanceOf(EventLogUnavailableException.class);
        network.deliver();

        assertThat(positions()).containsExactly(1L);
        assertThat(log.append(event())).isEqualTo(2);
    }

    /** The server carries everything out, its answer gets lost, and it learns of nothing. */
    @Test
    void what_arrived_before_its_client_asked_is_acknowledged() throws Exception {
        var log = behindTheNetwork("SET lock_timeout = '5s'");
        assertThat(log.append(event())).isEqualTo(1);
        var cut = new CuttingDataSource(behindTheNetwork);

        cut.afterTheNextStatement();

        assertThat(new EventLog(cut, () -> {}, LogDatabase.gate(cut)).append(event()))
                .isEqualTo(2);
        assertThat(positions()).containsExactly(1L, 2L);
    }

    /** On every PostgreSQL: statement_timeout and idle_in_transaction_session_timeout do not run meanwhile. */
    @Test
    void who_freezes_in_the_middle_of_an_append_is_cut_off_by_the_next_one() throws Exception {
        var frozen = behindTheNetwork("SET statement_timeout = 500; SET idle_in_transaction_session_timeout = 500");
        var next = beside("SET lock_timeout = '2500ms'");
        try (var threads = Executors.newSingleThreadExecutor();
                network) {
            network.withholdTheEndOfTheNextAppend();
            var append = threads.submit(() -> frozen.append(event()));
            awaitHeadTaken();

            assertThat(next.append(event())).isEqualTo(1);

            assertThatThrownBy(() -> append.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EventLogUnavailableException.class);
        }
        assertThat(positions()).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FROM event_store.head FOR UPDATE",
                "SELECT FROM event_store.head FOR SHARE",
                "UPDATE event_store.head SET at = at"
            })
    void who_keeps_the_head_row_in_a_transaction_is_cut_off_by_the_next_append(String keep) throws SQLException {
        var next = beside("SET lock_timeout = '2500ms'");
        try (var idle = database.connect(Role.COMMAND);
                var statement = idle.createStatement()) {
            idle.setAutoCommit(false);
            statement.execute(keep);

            assertThat(next.append(event())).isEqualTo(1);

            assertThatThrownBy(() -> statement.execute("SELECT")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void who_locks_the_head_row_and_does_something_else_is_cut_off_too() throws Exception {
        var next = beside("SET lock_timeout = '2500ms'");
        try (var threads = Executors.newSingleThreadExecutor();
                var busy = database.connect(Role.COMMAND);
                var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("SELECT FROM event_store.head FOR UPDATE");
            var sleep = threads.submit(() -> statement.execute("SELECT pg_sleep(30)"));

            assertThat(next.append(event())).isEqualTo(1);

            assertThatThrownBy(() -> sleep.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void who_is_only_slow_is_not_cut_off() throws Exception {
        var slow = behindTheNetwork("SET statement_timeout = '10s'");
        var next = beside("SET lock_timeout = '300ms'");
        try (var threads = Executors.newSingleThreadExecutor();
                network) {
            network.withholdTheEndOfTheNextAppend();
            var append = threads.submit(() -> slow.append(event()));
            awaitHeadTaken();

            assertThatThrownBy(() -> next.append(event())).isInstanceOf(EventLogUnavailableException.class);
            network.deliverEnd();

            assertThat(append.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(next.append(event())).isEqualTo(2);
    }

    /** The server of the tests has it; from PostgreSQL 17 on. */
    @Test
    void a_limit_for_transactions_cuts_off_who_freezes_although_nobody_waits() throws Exception {
        var frozen = behindTheNetwork("SET transaction_timeout = '1s'");
        var next = beside("SET lock_timeout = '20s'");
        try (var threads = Executors.newSingleThreadExecutor();
                network) {
            network.withholdTheEndOfTheNextAppend();
            var append = threads.submit(() -> frozen.append(event()));
            awaitHeadTaken();

            assertThatThrownBy(() -> append.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EventLogUnavailableException.class);
            assertThat(next.append(event())).isEqualTo(1);
        }
    }

    @Test
    void nobody_else_is_ended_who_was_given_the_same_process_number() throws Exception {
        beside("SET lock_timeout = '5s'");
        try (var one = beside.getConnection();
                var other = beside.getConnection()) {
            var backend = new Backends(LogDatabase.gate(beside)).of(one);
            var before = new Backends.Backend(backend.pid(), backend.startedAt().minusSeconds(1));

            assertThat(Backends.end(before, other)).isTrue();
            assertThat(one.isValid(5)).isTrue();

            assertThat(Backends.end(backend, other)).isTrue();
            assertThatThrownBy(() -> one.createStatement().execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            ended -> assertThat(ended.getSQLState()).isEqualTo("57P01"));
        }
    }
}
