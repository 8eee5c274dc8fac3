package io.mealexpense.query.rebuild;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.ProjectionNames;
import io.mealexpense.events.ProjectionRebuildCancelled;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.events.ProjectionRebuildSwapped;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;

class RebuildTest extends QueryServiceTest {

    private static final String MONTHLY = "/api/v1/reports/monthly?from=2026-03&to=2026-04";
    private static final String CATEGORIES = "/api/v1/reports/categories?from=2026-03-01&to=2026-04-30";
    private static final String LIST = "/api/v1/expenses?limit=200";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 15);

    private final UUID owner = UUID.randomUUID();
    private final UUID category = UUID.randomUUID();
    private final String token = tokenOf(owner, MEMBER);
    private final String admin = tokenOf(UUID.randomUUID(), ADMIN);
    private final List<UUID> expenses =
            IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID()).toList();

    @BeforeEach
    void history() {
        LOG.append(new CategoryCreated(category, owner, "Lunches", "#C2410C", "soup"));
        for (var expense : expenses) {
            LOG.append(
                    lunchRecorded(expense, owner, "12.50", DAY, category),
                    amendedTo(expense, owner, "13.20", DAY.plusDays(1), category));
        }
        LOG.append(new MealExpenseDeleted(expenses.getFirst(), owner, null));
    }

    private UUID request(String... projections) {
        var id = UUID.randomUUID();
        LOG.append(new ProjectionRebuildRequested(id, List.of(projections), "To be sure"));
        return id;
    }

    private JsonNode rebuild(UUID id) {
        return get("/api/v1/rebuilds/" + id, admin).json();
    }

    private JsonNode awaitState(UUID id, String state) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rebuild(id).path("state").asString(""))
                        .as("%s", rebuild(id))
                        .isEqualTo(state));
        return rebuild(id);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private void migrate(String sql) throws SQLException {
        try (var connection = DATABASE.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("SET search_path = read_model");
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String live(String table, String projection) throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var query = connection.prepareStatement(
                        "SELECT schema FROM read_model.projection_token WHERE projection = ?")) {
            query.setString(1, projection);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getString(1) + "." + table;
            }
        }
    }

    /** The report once it contains the position, however long a busy machine takes. */
    private String monthly(long position) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> seen(MONTHLY, token, position).status() == 200);
        return get(MONTHLY, token).body();
    }

    private List<String> answers(long position) {
        monthly(position);
        return List.of(
                seen(MONTHLY, token, position).body(),
                seen(CATEGORIES, token, position).body(),
                seen(LIST, token, position).body(),
                seen("/api/v1/categories", token, position).body(),
                seen("/api/v1/expenses/" + expenses.getLast() + "/history", token, position)
                        .body());
    }

    @Test
    void the_lock_of_a_machine_that_is_gone_is_free_soon(
            @Autowired @Qualifier("queryRebuildDataSource") DataSource queryRebuildDataSource) throws SQLException {
        try (var connection = queryRebuildDataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_setting('tcp_keepalives_idle')::integer"
                        + " + current_setting('tcp_keepalives_interval')::integer"
                        + " * current_setting('tcp_keepalives_count')::integer")) {
            row.next();
            assertThat(row.getInt(1)).as("seconds").isBetween(1, 60);
        }
    }

    @Test
    void the_names_that_operators_may_use_are_those_of_the_read_models() {
        assertThat(get("/api/v1/projections", admin).json().get("items").values().stream()
                        .filter(item -> item.get("rebuildable").asBoolean())
                        .map(item -> item.get("name").asString()))
                .containsExactlyElementsOf(ProjectionNames.ALL);
    }

    @Test
    void what_was_asked_before_anybody_was_there_to_do_it_is_done() {
        awaitState(REQUESTED_BEFORE_THE_START, "swapped");
    }

    /** How long the tokens of live copies were held in one go at most, by whomever, until it is told to stop. */
    private static Duration longestHold(AtomicBoolean stop) {
        var longest = Duration.ZERO;
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '30s'");
            while (!stop.get()) {
                var begin = System.nanoTime();
                statement.execute("SELECT FROM read_model.projection_token WHERE projection NOT LIKE '%@%'"
                        + " ORDER BY projection FOR KEY SHARE");
                var took = Duration.ofNanos(System.nanoTime() - begin);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            return longest;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void every_read_model_at_once_is_rebuilt_while_commands_come_in_and_is_found_equal() throws Exception {
        var stop = new AtomicBoolean();
        var commands = Thread.ofVirtual().start(() -> {
            for (var i = 0; !stop.get(); i++) {
                LOG.append(lunchRecorded(UUID.randomUUID(), owner, "1.0" + i % 10, DAY.plusDays(i % 20), category));
            }
        });
        var held = CompletableFuture.supplyAsync(() -> longestHold(stop));
        var ids = new ArrayList<UUID>();
        try {
            ids.add(request(ProjectionNames.ALL.toArray(String[]::new)));
            ids.add(request("monthly-report"));
            ids.forEach(id -> awaitState(id, "swapped"));
        } finally {
            stop.set(true);
            commands.join();
        }
        assertThat(held.get()).as("live copies stood still for").isLessThan(Duration.ofSeconds(3));
        var first = rebuild(ids.getFirst());
        assertThat(first.get("eventsDone").asLong())
                .as("progress does not go back at the end")
                .isEqualTo(first.get("eventsTotal").asLong())
                .isGreaterThanOrEqualTo(
                        first.get("comparisons").get(0).get("position").asLong());
        assertThat(first.get("comparisons").values().stream()
                        .map(comparison -> comparison.get("projection").asString() + " "
                                + comparison.get("equal").asBoolean()))
                .containsExactlyElementsOf(
                        ProjectionNames.ALL.stream().map(name -> name + " true").toList());
        assertThat(rebuild(ids.getLast()).get("generation").asLong())
                .isGreaterThan(first.get("generation").asLong());
        var last = LOG.append(amendedTo(expenses.getLast(), owner, "14.00", DAY, category));
        var before = answers(last);
        assertThat(before).noneMatch(answer -> answer.contains("projection-behind"));
        awaitState(request("expense-list", "monthly-report", "category-spend", "categories", "audit-trail"), "swapped");
        assertThat(answers(last)).isEqualTo(before);
    }

    /** What is projected in one transaction is at most a batch, unless live copies wait for it. */
    @Test
    void a_copy_that_falls_far_behind_while_another_is_followed_catches_up_before_live_ones_are_held()
            throws Exception {
        var door = 4_711;
        var gate = 4_712;
        migrate("""
                CREATE TABLE followed (transaction xid8, events bigint);
                GRANT SELECT ON followed TO meals_query;
                CREATE FUNCTION note_followed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = 0 AS $$
                BEGIN
                    INSERT INTO read_model.followed VALUES (pg_current_xact_id(), NEW.position - OLD.position);
                    IF NEW.projection LIKE 'monthly-report@%%'
                            AND EXISTS (SELECT FROM read_model.projection_rebuild WHERE state = 'comparing') THEN
                        PERFORM pg_advisory_xact_lock_shared(%d);
                    END IF;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER followed AFTER UPDATE OF position ON projection_token
                    FOR EACH ROW WHEN (NEW.projection LIKE '%%@%%') EXECUTE FUNCTION note_followed();
                CREATE FUNCTION wait_at_the_door() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = 0 AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock_shared(%d);
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER comparing AFTER UPDATE OF state ON projection_rebuild
                    FOR EACH ROW WHEN (NEW.state = 'comparing') EXECUTE FUNCTION wait_at_the_door();
                """.formatted(gate, door));
        try (var connection = DATABASE.connect(Role.QUERY);
                var keeper = connection.createStatement()) {
            keeper.execute("SELECT pg_advisory_lock(%d), pg_advisory_lock(%d)".formatted(gate, door));
            var id = request("expense-list", "monthly-report");
            awaitWaitingAt(door);
            var one = LOG.append(lunchRecorded(UUID.randomUUID(), owner, "1.00", DAY, category));
            await().atMost(Duration.ofMinutes(1)).until(() -> slowestOfListAndReport() >= one);
            keeper.execute("SELECT pg_advisory_unlock(%d)".formatted(door));
            awaitWaitingAt(gate);
            var last = LOG.append(IntStream.range(0, 3_000)
                    .mapToObj(i -> lunchRecorded(UUID.randomUUID(), owner, "1.00", DAY, category))
                    .toArray(StoredEvent[]::new));
            await().atMost(Duration.ofMinutes(1))
                    .pollDelay(Duration.ofMillis(1_500)) // a round that takes longer is not the last
                    .until(() -> slowestOfListAndReport() >= last);
            keeper.execute("SELECT pg_advisory_unlock(%d)".formatted(gate));
            awaitState(id, "swapped");
            assertThat(number("SELECT sum(events) FROM read_model.followed")).isGreaterThan(2 * 3_000);
            assertThat(
                            number(
                                    "SELECT max(sum) FROM (SELECT sum(events) FROM read_model.followed GROUP BY transaction) s"))
                    .as("events projected in one transaction")
                    .isLessThanOrEqualTo(1_000);
        } finally {
            migrate("DROP TRIGGER followed ON projection_token; DROP FUNCTION note_followed; DROP TABLE followed;"
                    + " DROP TRIGGER comparing ON projection_rebuild; DROP FUNCTION wait_at_the_door");
        }
    }

    /** Somebody has come to where the lock of this number stops him. */
    private void awaitWaitingAt(int lock) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> number(
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %d AND NOT granted"
                                        .formatted(lock))
                        > 0);
    }

    private long slowestOfListAndReport() throws SQLException {
        return number("SELECT min(position) FROM read_model.projection_token"
                + " WHERE projection IN ('expense-list', 'monthly-report')");
    }

    @Test
    void copies_that_differ_wait_for_a_decision_and_show_where_without_contents() throws SQLException {
        var position = LOG.append(lunchRecorded(UUID.randomUUID(), owner, "7.77", DAY, category));
        var right = monthly(position);
        var lines = live("monthly_report_line", "monthly-report");
        execute("UPDATE %s SET amount = amount + 1 WHERE expense_id = '%s'".formatted(lines, expenses.get(1)));
        execute("DELETE FROM %s WHERE expense_id = '%s'".formatted(lines, expenses.get(2)));
        execute("UPDATE %s SET amount = amount + 5 WHERE owner_id = '%s'"
                .formatted(live("monthly_report_total", "monthly-report"), owner));
        var wrong = get(MONTHLY, token).body();

        var kept = request("monthly-report");
        var differing = awaitState(kept, "differs");
        var tables = differing.get("comparisons").get(0).get("tables");
        assertThat(tables.toString())
                .contains(
                        "\"table\":\"monthly_report_line\",\"onlyLive\":0,\"onlyRebuilt\":1,\"different\":1",
                        "\"key\":{\"expense_id\":\"%s\"},\"side\":\"both\",\"columns\":[\"amount\"]"
                                .formatted(expenses.get(1)),
                        "\"key\":{\"expense_id\":\"%s\"},\"side\":\"rebuilt\",\"columns\":[]"
                                .formatted(expenses.get(2)),
                        "\"table\":\"monthly_report_total\"")
                .doesNotContain("13.20", "12.50");
        LOG.append(new ProjectionRebuildCancelled(kept, "Let us look first"));
        awaitState(kept, "cancelled");
        LOG.append(swapped(kept, "Or rather not"));
        awaitDecisions(kept, "cancel obeyed", "swap too-late");
        assertThat(get(MONTHLY, token).body()).isEqualTo(wrong);

        var taken = request("monthly-report");
        awaitState(taken, "differs");
        LOG.append(swapped(taken, "The log is right"));
        awaitState(taken, "swapped");
        assertThat(get(MONTHLY, token).body()).isEqualTo(right);
        awaitDecisions(taken, "swap obeyed");
    }

    private ProjectionRebuildSwapped swapped(UUID rebuild, String reason) {
        return new ProjectionRebuildSwapped(rebuild, reason, comparedAt(rebuild));
    }

    private long comparedAt(UUID rebuild) {
        return rebuild(rebuild).get("comparisons").get(0).get("position").asLong();
    }

    private void awaitDecisions(UUID id, String... decisions) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rebuild(id).get("decisions").values().stream()
                                .map(it -> it.get("act").asString() + " "
                                        + it.get("outcome").asString()))
                        .containsExactly(decisions));
    }

    /** Nobody has seen yet what would be swapped; whoever sees it later decides then. */
    @Test
    void a_swap_before_the_comparison_and_a_decision_after_the_end_come_to_nothing_and_say_so() throws SQLException {
        var position = LOG.append(lunchRecorded(UUID.randomUUID(), owner, "7.77", DAY, category));
        monthly(position);
        execute("UPDATE %s SET amount = amount + 1 WHERE expense_id = '%s'"
                .formatted(live("monthly_report_line", "monthly-report"), expenses.get(1)));
        var early = UUID.randomUUID();
        LOG.append(
                new ProjectionRebuildRequested(early, List.of("monthly-report"), "To be sure"),
                new ProjectionRebuildSwapped(early, "Whatever it is", 0L));
        awaitState(early, "differs");
        awaitDecisions(early, "swap too-early");
        LOG.append(new ProjectionRebuildSwapped(early, "Some number", comparedAt(early) + 1));
        awaitDecisions(early, "swap too-early", "swap no-such-comparison");
        assertThat(rebuild(early).get("state").asString()).isEqualTo("differs");
        LOG.append(swapped(early, "The log is right"));
        awaitState(early, "swapped");
        awaitDecisions(early, "swap too-early", "swap no-such-comparison", "swap obeyed");

        var equal = request("categories");
        awaitState(equal, "swapped");
        LOG.append(new ProjectionRebuildCancelled(equal, "Too late"));
        awaitDecisions(equal, "cancel too-late");
        assertThat(rebuild(equal).get("state").asString()).isEqualTo("swapped");
    }

    @Test
    void what_a_copy_cannot_take_is_put_aside_and_taken_when_the_cause_is_gone() throws SQLException {
        var dear = UUID.randomUUID();
        LOG.append(
                lunchRecorded(dear, owner, "50.00", DAY, category),
                amendedTo(dear, owner, "4711.17", DAY, category),
                new MealExpenseDeleted(dear, owner, null));
        var position = LOG.append(new MealExpenseRestored(dear, owner, null));
        var right = monthly(position);
        migrate("ALTER TABLE monthly_report_line ADD CONSTRAINT picky CHECK (amount <> 4711.17) NOT VALID");
        try {
            var id = request("monthly-report");
            assertThat(awaitState(id, "differs")
                            .get("comparisons")
                            .get(0)
                            .get("tables")
                            .toString())
                    .contains(dear.toString());
            LOG.append(new ProjectionRebuildSwapped(id, "As before it had to name a comparison", null));
            awaitState(id, "swapped");
            assertThat(get(MONTHLY, token).body())
                    .contains("\"incomplete\":true")
                    .isNotEqualTo(right);
            assertThat(
                            get("/api/v1/projections/monthly-report/dead-letters", admin)
                                    .json()
                                    .get("items")
                                    .values()
                                    .stream()
                                    .map(letter -> letter.get("event").asString()))
                    .containsExactly("MealExpenseAmended", "MealExpenseDeleted", "MealExpenseRestored");
            assertThat(number("SELECT amount FROM %s WHERE expense_id = '%s'"
                            .formatted(live("monthly_report_line", "monthly-report"), dear)))
                    .as("as far as it could be taken")
                    .isEqualTo(50);
        } finally {
            migrate("SELECT on_every_generation('monthly_report_line',"
                    + " 'ALTER TABLE %s DROP CONSTRAINT IF EXISTS picky')");
        }
        var retried = LOG.append(new DeadLetterRetried(UUID.randomUUID(), "monthly-report", dear, "No limit any more"));
        assertThat(monthly(retried)).isEqualTo(right);
    }

    @Test
    void tables_that_nobody_looks_up_any_more_are_dropped() throws SQLException {
        var first =
                awaitState(request("categories"), "swapped").get("generation").asLong();
        awaitState(request("categories"), "swapped");
        var schema = "SELECT count(*) FROM pg_namespace WHERE nspname = 'read_model_%d'".formatted(first);
        assertThat(number(schema)).as("readers may still have it in mind").isOne();
        execute("UPDATE read_model.retired_table SET retired_at = retired_at - interval '2 minutes'");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(number(schema)).isZero());
        assertThat(number("SELECT count(*) FROM read_model.category_item"))
                .as("the pattern stays, empty")
                .isZero();
    }

    /** Or the two would take it from each other for ever. */
    @Test
    void an_instance_whose_lock_is_gone_takes_nothing_from_the_one_that_has_it() throws Exception {
        UUID id;
        try (var elsewhere = DATABASE.connect(Role.QUERY);
                var other = elsewhere.createStatement();
                var holding = DATABASE.connect(Role.QUERY);
                var row = holding.createStatement()) {
            other.execute("SELECT pg_advisory_lock(%d)".formatted(RebuildRunner.LOCK));
            id = request("categories");
            awaitState(id, "requested");
            holding.setAutoCommit(false);
            row.execute("SELECT FROM read_model.projection_rebuild WHERE rebuild_id = '%s' FOR UPDATE".formatted(id));
            other.execute("SELECT pg_advisory_unlock(%d)".formatted(RebuildRunner.LOCK));
            var lock = "locktype = 'advisory' AND (classid::bigint << 32) + objid::bigint = " + RebuildRunner.LOCK;
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> number("SELECT count(*) FROM pg_locks WHERE granted AND " + lock) == 1
                            && number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND query LIKE '%projection_rebuild%'")
                                    == 1);

            other.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE " + lock);
            other.execute("SELECT pg_advisory_lock(%d)".formatted(RebuildRunner.LOCK));
            row.execute("UPDATE read_model.projection_rebuild SET owner = 'the other' WHERE rebuild_id = '%s'"
                    .formatted(id));
            holding.commit();
            var owned = "SELECT count(*) FROM read_model.projection_rebuild WHERE owner = 'the other'";
            await().during(Duration.ofSeconds(7)).atMost(Duration.ofMinutes(1)).until(() -> number(owned) == 1);
        }
        awaitState(id, "swapped");
    }

    /** Tokens that are gone are how it begins, as for a read model that was added or a database that was lost. */
    @Test
    void read_models_that_have_nothing_of_a_long_log_are_copied_in_one_pass_and_are_incomplete_meanwhile()
            throws Exception {
        var position = LOG.append(amendedTo(expenses.getLast(), owner, "14.00", DAY, category));
        var before = answers(position);
        assertThat(initial()).isEmpty();
        UUID copy;
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d)".formatted(RebuildRunner.LOCK));
            execute("DELETE FROM read_model.projection_token WHERE projection IN ('expense-list', 'monthly-report')");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(initial().stream()
                                    .flatMap(rebuild -> rebuild.get("projections").values().stream())
                                    .map(JsonNode::asString))
                            .containsExactlyInAnyOrder("expense-list", "monthly-report"));
            assertThat(initial()).hasSize(1);
            copy = idOf(initial().getFirst());
            assertThat(get(MONTHLY, token).body()).contains("\"incomplete\":true");
            assertThat(get(CATEGORIES, token).body()).doesNotContain("incomplete");
            assertThat(monthlyReport().get("state").asString()).isEqualTo("catching-up");
            execute("UPDATE read_model.projection_rebuild SET error = 'Cannot be read' WHERE initial");
            assertThat(monthlyReport().get("state").asString()).isEqualTo("failed");
            assertThat(monthlyReport().get("error").asString()).isEqualTo("Cannot be read");
            LOG.append(lunchRecorded(UUID.randomUUID(), owner, "1.00", DAY.plusDays(30), null));
            assertThat(number("SELECT count(owner) + sum(position) FROM read_model.projection_token"
                            + " WHERE projection IN ('expense-list', 'monthly-report')"))
                    .as("nobody projects them meanwhile")
                    .isZero();
        }
        var copied = awaitState(copy, "swapped");
        assertThat(copied.get("requestedBy").asString()).isEqualTo("system");
        assertThat(copied.get("comparisons").size()).isZero();
        assertThat(answers(position).getFirst()).isNotEqualTo(before.getFirst());
        var last = LOG.append(lunchRecorded(UUID.randomUUID(), owner, "2.00", DAY.plusDays(30), null));
        var after = answers(last);
        assertThat(after).noneMatch(answer -> answer.contains("incomplete"));
        var proof = awaitState(request("expense-list", "monthly-report"), "swapped");
        assertThat(proof.get("comparisons").values().stream()
                        .map(comparison -> comparison.get("equal").asBoolean()))
                .containsExactly(true, true);
        assertThat(answers(last)).isEqualTo(after);
    }

    @Test
    void a_token_lost_after_a_swap_leaves_the_rows_that_are_live_and_the_answers_incomplete() throws SQLException {
        var position = LOG.append(amendedTo(expenses.getLast(), owner, "14.00", DAY, category));
        awaitState(request("monthly-report"), "swapped");
        var before = monthly(position);
        var told = new HashSet<String>();
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d)".formatted(RebuildRunner.LOCK));
            execute("DELETE FROM read_model.projection_token WHERE projection = 'monthly-report'");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                var answer = get(MONTHLY, token);
                told.add(answer.status() == 200 ? answer.body() : answer.problem());
                return initial().stream()
                        .anyMatch(it -> it.get("state").asString().equals("requested"));
            });
            told.add(get(MONTHLY, token).body());
        }
        told.remove("503 projection-behind");
        told.remove(before);
        assertThat(told).containsExactly(before.replaceFirst("}$", ",\"incomplete\":true}"));
        initial().forEach(copy -> awaitState(idOf(copy), "swapped"));
        assertThat(monthly(position)).isEqualTo(before);
    }

    @Test
    void a_connection_lost_in_the_middle_of_a_read_is_told_as_busy() throws Exception {
        try (var owner = DATABASE.connect(Role.MIGRATOR);
                var holding = owner.createStatement();
                var killer = DATABASE.connect(Role.QUERY);
                var killing = killer.createStatement()) {
            owner.setAutoCommit(false);
            holding.execute("SET ROLE meals_owner");
            holding.execute("LOCK TABLE %s".formatted(live("monthly_report_total", "monthly-report")));
            var answer = CompletableFuture.supplyAsync(() -> get(MONTHLY, token));
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                try (var ended = killing.executeQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                        + " AND query LIKE '%monthly_report_total%'")) {
                    return ended.next();
                }
            });
            owner.rollback();
            assertThat(answer.get().problem()).isEqualTo("503 busy");
            assertThat(answer.get().header("Retry-After")).isEqualTo("2");
        }
        assertThat(get(MONTHLY, token).status()).isEqualTo(200);
    }

    private JsonNode monthlyReport() {
        return get("/api/v1/projections", admin).json().get("items").values().stream()
                .filter(item -> item.get("name").asString().equals("monthly-report"))
                .findFirst()
                .orElseThrow();
    }

    /** First copies that are not done yet. */
    private List<JsonNode> initial() {
        return get("/api/v1/rebuilds", admin).json().get("items").values().stream()
                .filter(rebuild -> rebuild.get("initial").asBoolean() && !rebuild.has("finishedAt"))
                .toList();
    }

    private static UUID idOf(JsonNode rebuild) {
        return UUID.fromString(rebuild.get("id").asString());
    }

    @Test
    void rebuilds_are_for_operators() {
        var id = request("categories");
        awaitState(id, "swapped");
        assertThat(get("/api/v1/rebuilds/" + id, token).problem()).isEqualTo("403 forbidden");
        assertThat(get("/api/v1/rebuilds", token).problem()).isEqualTo("403 forbidden");
        assertThat(get("/api/v1/rebuilds/" + UUID.randomUUID(), admin).problem())
                .isEqualTo("404 not-found");
        assertThat(get("/api/v1/rebuilds?cursor=x", admin).problem()).isEqualTo("400 validation cursor");
        var page = get("/api/v1/rebuilds?limit=1", admin).json();
        assertThat(page.get("items").get(0).get("id").asString()).isEqualTo(id.toString());
    }
}
