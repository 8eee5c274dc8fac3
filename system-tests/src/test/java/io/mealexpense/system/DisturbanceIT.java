package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import io.mealexpense.system.OwnPostgres.Shutdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What may befall processes, their clocks and their database while people work. One set of processes for all of it,
 * whose clocks are ten minutes behind and ahead throughout. After each, {@link Crowd#requireKept}.
 *
 * <p>Two things take as long as they are told to: {@code -Dfreeze=60} and {@code -Dindex=60}, in seconds.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("alone")
class DisturbanceIT {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration FREEZE = Duration.ofSeconds(Long.getLong("freeze", 10));
    private static final Duration INDEX = Duration.ofSeconds(Long.getLong("index", 6));

    /** Longer than a busy machine needs for a command, shorter than any time-out that would free what is held. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final int CLIENTS = 8;

    private static OwnPostgres postgres;
    private static Distributed product;
    private static Member member;
    private static Api api;

    @BeforeAll
    static void start() {
        postgres = new OwnPostgres();
        product = Distributed.withClocks(
                postgres, List.of(TEN_MINUTES.negated(), TEN_MINUTES), List.of(TEN_MINUTES, TEN_MINUTES.negated()));
        member = Api.at(product.commands().getFirst()).register();
        // valid by every clock here: what is asked is not how long people stay signed in
        api = member.api()
                .as(product.forge()
                        .expiringAt(member.api().token(), Instant.now().plus(TEN_MINUTES.multipliedBy(3))));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static Crowd crowd(int size, List<URI> services) {
        return new Crowd(size, services.stream().map(api::via).toList()).start();
    }

    private static Crowd crowd() {
        return crowd(CLIENTS, product.commands());
    }

    /** A command and, within seconds, reads on every query service that contain it. */
    private static void requireReadersFollow(URI commandService) {
        var recorded = api.via(commandService)
                .post("/expenses", Expenses.lunch("1.00"))
                .patiently()
                .expect(201);
        for (var service : product.queryServices()) {
            requireFollows(service.base(), recorded);
        }
    }

    private static void requireFollows(URI queryService, Answer recorded) {
        var began = System.nanoTime();
        api.via(queryService).read("/expenses/" + recorded.json().path("id").asString(), recorded);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("until it could be read")
                .isLessThan(SOON);
    }

    // ---- clocks

    @Test
    void writers_ten_minutes_behind_and_ahead_record_by_the_clock_of_the_log() {
        var issued =
                product.commands().stream().mapToLong(DisturbanceIT::issuedAt).toArray();
        assertThat(issued[1] - issued[0]).as("seconds between their clocks").isBetween(1195L, 1260L);
        var head = product.log().head();
        var before = Instant.now();
        try (var crowd = crowd()) {
            crowd.awaitMore(300);
            crowd.rest();
            var after = Instant.now();

            assertThat(product.log()
                            .query(
                                    Log.QUERY,
                                    "SELECT recorded_at FROM event_store.domain_event WHERE position > " + head,
                                    row -> row.getObject(1, java.time.OffsetDateTime.class)
                                            .toInstant()))
                    .allSatisfy(at -> assertThat(at).isBetween(before, after));
            crowd.requireKept(product);
        }
    }

    private static long issuedAt(URI commandService) {
        var token = Api.at(commandService)
                .post("/auth/login", Map.of("email", member.email(), "password", member.password()))
                .send()
                .expect(200)
                .json()
                .path("accessToken")
                .asString();
        var claims = Api.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        return claims.path("iat").asLong();
    }

    /** Whichever clock is ahead, the other one takes over: claims are judged by the database's. */
    @Test
    void the_projections_of_a_reader_frozen_in_a_batch_move_to_the_other_and_nothing_is_projected_twice()
            throws Exception {
        try (var crowd = crowd()) {
            for (var time = 0; time < product.queryServices().size(); time++) {
                crowd.awaitMore(100);
                var frozen = ownerOf("expense-list");
                try (var lock = HeldLock.onReadModel(product.log(), "expense_list_item")) {
                    lock.awaitWaiting(1);
                    frozen.freeze();
                }
                try {
                    var last = api.via(product.commands().getFirst())
                            .post("/expenses", Expenses.lunch("1.00"))
                            .patiently()
                            .expect(201);
                    var living = product.queryServices().stream()
                            .filter(service -> service != frozen)
                            .findFirst()
                            .orElseThrow();
                    await().atMost(Duration.ofSeconds(15))
                            .until(() -> api.via(living.base())
                                            .get("/expenses?limit=1")
                                            .header("Consistency-Token", last.consistencyToken())
                                            .send()
                                            .status()
                                    == 200);
                } finally {
                    frozen.thaw();
                }
            }
            crowd.awaitMore(100);
            crowd.rest();
            crowd.requireKept(product);
        }
    }

    private static Distributed.Service ownerOf(String projection) {
        var sql = "SELECT coalesce(split_part(owner, '@', 1), '0') FROM read_model.projection_token"
                + " WHERE projection = '" + projection + "'";
        return await().until(
                        () -> product.queryServices().stream()
                                .filter(service -> product.log().query(Log.QUERY, sql, row -> row.getLong(1)).stream()
                                        .anyMatch(owner -> owner == service.pid()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    // ---- transactions

    /** A transaction that has appended stays open while readers that lag, and have lost their place, start anew. */
    @Test
    void an_append_that_commits_late_is_seen_by_readers_that_lag_and_begin_again() throws Exception {
        try (var crowd = crowd()) {
            product.queryServices().forEach(Distributed.Service::freeze);
            try {
                Thread.sleep(FREEZE);
            } finally {
                product.queryServices().forEach(Distributed.Service::thaw);
            }
            for (var committed : List.of(true, false)) {
                crowd.awaitMore(100);
                loseTokens();
                try (var late = LateAppend.begin(product.log())) {
                    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                    late.end(committed);
                }
                crowd.awaitMore(100);
            }
            crowd.rest();
            crowd.requireKept(product);
        }
    }

    private static void loseTokens() {
        // a projection may be at work on its row, and it goes on with the row gone
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> product.log().execute(Log.QUERY, "DELETE FROM read_model.projection_token"));
    }

    @Test
    void two_writers_of_whom_735_in_4800_appends_roll_back_leave_no_hole() throws Exception {
        var appends = 4_800;
        var rolledBack = 735;
        var threadsEach = 8;
        var writers = product.commands();
        var seed = Long.getLong("seed", 735);
        var refused = new HashSet<>(drawn(appends, rolledBack, threadsEach * writers.size(), new Random(seed)));
        var before = rollbacks();
        var recorded = Collections.synchronizedSet(new HashSet<UUID>());
        var conflicts = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(threadsEach * writers.size())) {
            var work = new ArrayList<Callable<Void>>();
            for (var number = 0; number < threadsEach * writers.size(); number++) {
                var first = number;
                var door = api.via(writers.get(number % writers.size()));
                work.add(() -> {
                    UUID taken = null;
                    for (var slot = first; slot < appends; slot += threadsEach * writers.size()) {
                        if (refused.contains(slot)) {
                            var other = Expenses.with(Expenses.lunch("2.00"), "id", taken);
                            door.post("/expenses", other).patiently().expect(409);
                            conflicts.incrementAndGet();
                        } else {
                            taken = Expenses.newId();
                            var lunch = Expenses.with(Expenses.lunch("1.00"), "id", taken);
                            door.post("/expenses", lunch).patiently().expect(201);
                            recorded.add(taken);
                        }
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }

        assertThat(conflicts).hasValue(rolledBack);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rollbacks() - before)
                        .as("transactions that the database rolled back")
                        .isGreaterThanOrEqualTo(rolledBack));
        assertThat(product.log().expenseEvents().stream()
                        .filter(event -> recorded.contains(event.aggregateId()))
                        .map(Log.Event::aggregateId))
                .hasSize(appends - rolledBack)
                .doesNotHaveDuplicates();
        product.log().requireInOrder();
        product.fold().requireEqual();
    }

    /** Places of the refused ones, none of them a thread's first. */
    private static List<Integer> drawn(int appends, int count, int threads, Random random) {
        var places = new ArrayList<>(IntStream.range(threads, appends).boxed().toList());
        Collections.shuffle(places, random);
        return places.subList(0, count);
    }

    private static long rollbacks() {
        return product.log().number("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }

    @Test
    void a_long_transaction_and_a_long_create_index_beside_hold_nobody_up() throws Exception {
        var rows = 200_000;
        var log = product.log();
        log.execute(
                Log.MIGRATOR,
                "SET ROLE meals_owner",
                "CREATE SCHEMA elsewhere",
                "CREATE TABLE elsewhere.big AS SELECT n, md5(n::text) FROM generate_series(1, %d) AS n".formatted(rows),
                """
                CREATE FUNCTION elsewhere.slow(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
                'BEGIN IF n %% 1000 = 0 THEN PERFORM pg_sleep(%s); END IF; RETURN n; END'
                """.formatted(INDEX.toMillis() / 1000.0 / (rows / 1000)));
        try (var crowd = crowd();
                var open = log.connect(Log.MIGRATOR);
                var statement = open.createStatement()) {
            statement.execute("SET idle_in_transaction_session_timeout = 0");
            statement.execute("SET ROLE meals_owner");
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            open.setAutoCommit(false);
            statement.execute("CREATE TABLE elsewhere.unfinished (n integer)");
            var began = System.nanoTime();
            var index = CompletableFuture.runAsync(() -> {
                try {
                    log.execute(
                            Log.MIGRATOR,
                            "SET ROLE meals_owner",
                            "CREATE INDEX ON elsewhere.big (elsewhere.slow(n), md5)");
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            crowd.awaitMore(1);
            crowd.longestPause();
            do {
                requireReadersFollow(product.commands().getFirst());
            } while (!index.isDone());
            index.join();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(INDEX);
            assertThat(crowd.longestPause()).isLessThan(SOON);
            crowd.rest();
            crowd.requireKept(product);
            open.rollback();
        } finally {
            log.execute(Log.MIGRATOR, "SET ROLE meals_owner", "DROP SCHEMA elsewhere CASCADE");
        }
    }

    // ---- processes

    @Test
    void a_writer_that_freezes_holds_nobody_up_and_what_it_was_at_is_whole_or_not_there() throws Exception {
        var other = product.commands().getFirst();
        var frozen = product.commandService(1);
        try (var others = crowd(CLIENTS, List.of(other));
                var itsOwn = crowd(CLIENTS, List.of(frozen.base()));
                var registrations = new Registrations(frozen.base())) {
            itsOwn.awaitMore(100);
            frozen.freeze();
            try {
                others.awaitMore(1);
                others.longestPause();
                var until = System.nanoTime() + FREEZE.toNanos();
                while (System.nanoTime() < until) {
                    requireReadersFollow(other);
                    others.awaitMore(20);
                }
                assertThat(others.longestPause())
                        .as("while the other one was frozen")
                        .isLessThan(SOON);
            } finally {
                frozen.thaw();
            }
            itsOwn.awaitMore(100);
            registrations.close();
            others.rest();
            itsOwn.rest();
            others.requireRecorded(product.log());
            itsOwn.requireKept(product);
        }
        requireWholeRegistrations();
    }

    /** People who register one after the other: eight events in one append, ten when it is the administrator's. */
    private static final class Registrations implements AutoCloseable {

        private final URI commandService;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private volatile boolean closed;

        Registrations(URI commandService) {
            this.commandService = commandService;
            thread.execute(() -> {
                while (!closed) {
                    register();
                }
            });
        }

        private void register() {
            var account = Map.of(
                    "email", UUID.randomUUID() + "@example.test",
                    "password", "Correct-horse-" + UUID.randomUUID(),
                    "displayName", "Somebody");
            try {
                Api.at(commandService).post("/auth/register", account).send();
            } catch (UncheckedIOException noAnswer) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }

        @Override
        public void close() {
            closed = true;
            thread.close();
        }
    }

    /** Whoever registered has all that came with the registration, whatever happened to who recorded it. */
    private static void requireWholeRegistrations() {
        assertThat(product.log()
                        .number("SELECT count(*) FROM event_store.domain_event WHERE name = 'AccountRegistered'"))
                .isGreaterThan(2);
        assertThat(product.log().number("""
                        SELECT count(*) FROM event_store.domain_event AS account
                         WHERE name = 'AccountRegistered'
                           AND 7 <> (SELECT count(*) FROM event_store.domain_event AS category
                                      WHERE category.name = 'CategoryCreated'
                                        AND category.xmin = account.xmin -- recorded by the same transaction
                                        AND category.payload ->> 'ownerId' = account.aggregate_id::text
                                        AND category.position BETWEEN account.position + 1 AND account.position + 9)
                        """))
                .as("accounts without the categories they were registered with")
                .isZero();
    }

    @Test
    void a_committer_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing() throws Exception {
        var killed = product.commandService(1);
        try (var crowd = crowd(2 * CLIENTS, product.commands());
                var registrations = new Registrations(killed.base())) {
            crowd.awaitMore(200);
            try (var head = HeldLock.onHead(product.log(), Log.COMMAND)) {
                head.awaitWaiting(product.commands().size());
                await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // a registration joins those that wait
                killed.kill();
            }
            registrations.close();
            // the server goes on with what the dead one had sent, the other one with what waits
            crowd.awaitMore(100);
            killed.restart().awaitReady();
            crowd.awaitMore(200);
            crowd.rest();
            crowd.requireKept(product);
        }
        requireWholeRegistrations();
    }

    @Test
    void postgres_restarted_in_the_middle_of_a_batch_loses_and_doubles_nothing() throws Exception {
        try (var crowd = crowd(2 * CLIENTS, product.commands())) {
            for (var how : Shutdown.values()) {
                crowd.awaitMore(200);
                try (var head = HeldLock.onHead(product.log(), Log.COMMAND)) {
                    head.awaitWaiting(product.commands().size());
                    postgres.restart(how);
                }
            }
            for (var time = 0; time < 3; time++) {
                crowd.awaitMore(100);
                postgres.restart(Shutdown.IMMEDIATE); // with commits on their way, and some only just acknowledged
            }
            crowd.awaitMore(200);
            crowd.rest();
            crowd.requireKept(product);
        }
    }

    @Test
    void tokens_lost_while_running_and_while_stopped_double_nothing() {
        try (var crowd = crowd()) {
            crowd.awaitMore(100);
            loseTokens();
            crowd.awaitMore(100);
            product.queryServices().forEach(Distributed.Service::kill);
            loseTokens();
            crowd.awaitMore(100);
            product.queryServices().forEach(Distributed.Service::restart);
            product.queryServices().forEach(Distributed.Service::awaitReady);
            crowd.rest();
            crowd.requireKept(product);
        }
    }

    // ---- clients

    @Test
    void clients_that_stall_in_the_middle_of_a_request_hold_nobody_up() throws Exception {
        var service = product.commands().getFirst();
        var stalled = new ArrayList<Socket>();
        var ids = new ArrayList<UUID>();
        try (var crowd = crowd(CLIENTS, List.of(service))) {
            for (var number = 0; number < 60; number++) {
                var socket = new Socket(service.getHost(), service.getPort());
                stalled.add(socket);
                var id = Expenses.newId();
                ids.add(id);
                stall(socket, id, number % 3);
            }
            crowd.awaitMore(1);
            crowd.longestPause();
            crowd.awaitMore(500);
            assertThat(crowd.longestPause()).isLessThan(SOON);
            crowd.rest();
            crowd.requireKept(product);
        } finally {
            for (var socket : stalled) {
                socket.close();
            }
        }
        assertThat(product.log().expenseEvents().stream().map(Log.Event::aggregateId))
                .doesNotContainAnyElementsOf(ids);
    }

    /** Says nothing, half a head, or a head and half a body. */
    private static void stall(Socket socket, UUID id, int how) throws IOException {
        var body = Api.JSON.writeValueAsString(Expenses.with(Expenses.lunch("1.00"), "id", id));
        var head = "POST /api/v1/expenses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + api.token() + "\r\nContent-Length: " + body.length() + "\r\n";
        var said = switch (how) {
            case 0 -> "";
            case 1 -> head;
            default -> head + "\r\n" + body.substring(0, body.length() - 1);
        };
        socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Who may lock the head row is cut off, and who may not is refused. */
    @Test
    void no_session_holds_the_head_row_for_long() throws Exception {
        assertThatThrownBy(() -> HeldLock.onHead(product.log(), Log.QUERY))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        for (var role : List.of(Log.COMMAND, Log.QUERY)) {
            for (var limit : List.of("idle_in_transaction_session_timeout", "statement_timeout", "lock_timeout")) {
                assertThat(product.log()
                                .query(
                                        role,
                                        "SELECT setting::bigint FROM pg_settings WHERE name = '" + limit + "'",
                                        row -> row.getLong(1))
                                .getFirst())
                        .as("%s of %s in ms", limit, role)
                        .isBetween(1L, 60_000L);
            }
        }
    }
}
