package io.mealexpense.command.operations.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.command.WriteSideOnPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The database is told that its log came from elsewhere; what really comes from elsewhere is in the system tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogRecoveryOverHttpTest extends WriteSideOnPostgres {

    private static final String RECOVERY = "/api/v1/log/recovery";

    @Value("${meals.command.datasource.url}")
    private String url;

    @Value("${meals.command.migration.username}")
    private String migrator;

    @Value("${meals.command.migration.password}")
    private String migratorPassword;

    private SingleConnectionDataSource ownerSession;
    private JdbcClient owner;
    private String admin;
    private String memberEmail;
    private String member;

    @BeforeEach
    void sign_in() {
        ownerSession = new SingleConnectionDataSource(url, migrator, migratorPassword, true);
        owner = JdbcClient.create(ownerSession);
        owner.sql("SET ROLE meals_owner").update();
        admin = signIn(ADMIN_EMAIL).access();
        memberEmail = newEmail();
        register(memberEmail);
        member = signIn(memberEmail).access();
    }

    @AfterEach
    void open_for_the_next() {
        if (lineage("closed") != null) {
            assertThat(declare(head(), "So that others can go on", admin)).hasStatus(200);
        }
        ownerSession.destroy();
    }

    private @Nullable String lineage(String column) {
        return database.sql("SELECT " + column + "::text FROM event_store.lineage_state")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private long head() {
        return Long.parseLong(String.valueOf(lineage("position")));
    }

    private void asRestored(String change) {
        owner.sql("UPDATE event_store.lineage SET " + change).update();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> record(member).getResponse().getStatus() == 503);
    }

    private MvcTestResult record(String token) {
        return call(
                HttpMethod.POST,
                "/api/v1/expenses",
                Map.of("spentOn", "2026-11-02", "amount", "12.50", "currency", "EUR", "mealType", "lunch"),
                token);
    }

    private MvcTestResult declare(@Nullable Long position, @Nullable String reason, @Nullable String token) {
        var body = new HashMap<String, Object>();
        body.put("position", position);
        body.put("reason", reason);
        return call(HttpMethod.POST, RECOVERY, body, token);
    }

    private List<Map<String, Object>> declarations() {
        return database.sql("SELECT position, aggregate_type, aggregate_id::text, sequence, revision, payload::text,"
                        + " metadata ->> 'actorRoles' AS roles, payload ->> 'reason' AS reason"
                        + " FROM event_store.domain_event WHERE name = 'LogRecoveryDeclared' ORDER BY position")
                .query()
                .listOfRows();
    }

    @ParameterizedTest
    @CsvSource({
        "other-cluster, system_identifier = system_identifier + 1",
        "other-timeline, timeline = timeline + 1",
        "published, contradiction = 'it ends at position 7 and 9 were sealed'"
    })
    void a_restored_log_takes_nothing_until_its_recovery_is_declared(String why, String change) {
        assertThat(record(member)).hasStatus(201);
        var before = lineage("system_identifier") + " " + lineage("timeline");
        asRestored(change);
        assertThat(lineage("closed")).isEqualTo(why);
        var end = head();

        var refused = record(member);
        assertProblem(refused, 503, "log-closed");
        assertThat(read(refused, "$.detail"))
                .isEqualTo("This data was restored from a backup. Until an administrator has declared the recovery,"
                        + " nothing can be recorded.");
        assertThat(refused).hasHeader("Retry-After", "30");
        assertProblem(
                post(
                        "/api/v1/auth/register",
                        Map.of("email", newEmail(), "password", PASSWORD, "displayName", "Carol")),
                503,
                "log-closed");
        assertThat(get("/api/v1/auth/me", member)).as("reads go on").hasStatus(200);
        assertThat(signIn(memberEmail).access()).as("and sign-ins").isNotBlank();
        assertThat(head()).isEqualTo(end);

        var declared = declare(end, "  The disk was lost ", admin);

        assertThat(declared).hasStatus(200).hasHeader("ETag", "\"0\"");
        assertThat(read(declared, "$.declaredAt")).isEqualTo(Long.toString(end + 1));
        assertThat(declared.getResponse().getHeader("Consistency-Token")).isNotBlank();
        assertThat(lineage("closed")).isNull();
        assertThat(lineage("since")).isEqualTo(Long.toString(end + 1));
        assertThat(lineage("system_identifier") + " " + lineage("timeline")).isEqualTo(before);
        var event = declarations().getLast();
        assertThat(event)
                .containsEntry("position", end + 1)
                .containsEntry("aggregate_type", "LogRecovery")
                .containsEntry("sequence", 0L)
                .containsEntry("roles", "ADMIN")
                .containsEntry("reason", "The disk was lost");
        assertThat(event.get("payload").toString())
                .contains("\"recoveryId\":\"" + event.get("aggregate_id") + "\"")
                .contains("\"lastPosition\":" + end + ",");
        assertThat(record(member)).as("at once").hasStatus(201);
    }

    @Test
    void what_it_was_and_is_and_what_was_published_are_kept_with_the_declaration() {
        var system = Long.parseLong(String.valueOf(lineage("system_identifier")));
        var timeline = Integer.parseInt(String.valueOf(lineage("timeline")));
        asRestored("system_identifier = system_identifier - 1, timeline = 7");
        var end = head();
        database.sql("SELECT event_store.note_published(?, sha256('root'), clock_timestamp(), NULL)")
                .param(end + 20)
                .query()
                .listOfRows();

        assertThat(declare(end, "Moved to another machine", admin)).hasStatus(200);

        assertThat(declarations().getLast().get("payload").toString())
                .contains(
                        "\"systemIdentifierBefore\":\"%d\",\"timelineBefore\":7,\"systemIdentifier\":\"%d\",\"timeline\":%d,"
                                .formatted(system - 1, system, timeline))
                .contains("\"publishedSize\":" + (end + 20) + ",\"publishedRoot\":\"")
                .endsWith("\"reason\":\"Moved to another machine\"}");
        assertThat(lineage("published_size")).as("it is history").isNull();
    }

    @Test
    void nobody_declares_blindly() {
        asRestored("timeline = timeline + 1");
        var end = head();
        var before = declarations().size();

        assertProblem(declare(end - 1, "Too early", admin), 409, "conflict");
        assertProblem(declare(end + 1, "Too late", admin), 409, "conflict");
        assertProblem(declare(null, "Nowhere", admin), 400, "validation");
        assertProblem(declare(-1L, "Nowhere", admin), 400, "validation");
        assertProblem(declare(end, null, admin), 400, "validation");
        assertProblem(declare(end, " ", admin), 400, "validation");

        assertThat(declarations()).hasSize(before);
        assertThat(lineage("closed")).isNotNull();
    }

    @Test
    void who_is_no_administrator_declares_nothing() {
        asRestored("timeline = timeline + 1");
        var before = declarations().size();

        assertProblem(declare(head(), "I want to go on", member), 403, "forbidden");
        assertProblem(declare(head(), "I want to go on", null), 401, "unauthenticated");

        assertThat(declarations()).hasSize(before);
        assertThat(lineage("closed")).isNotNull();
    }

    @Test
    void where_nothing_was_restored_there_is_nothing_to_declare() {
        var before = declarations().size();
        assertProblem(declare(head(), "To be safe", admin), 409, "conflict");
        assertThat(declarations()).hasSize(before);
    }

    @Test
    void two_who_declare_at_the_same_moment_and_one_who_asks_again_make_one_event() throws Exception {
        asRestored("timeline = timeline + 1");
        var end = head();
        var before = declarations().size();
        var together = new CyclicBarrier(8);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var answers = threads.invokeAll(IntStream.range(0, 8)
                    .mapToObj(number -> (Callable<MvcTestResult>) () -> {
                        together.await();
                        return declare(end, "Declared by number " + number, admin);
                    })
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).hasStatus(200);
                assertThat(read(answer.get(), "$.declaredAt")).isEqualTo(Long.toString(end + 1));
            }
        }
        assertThat(declare(end, "Once more", admin)).hasStatus(200);

        assertThat(declarations()).hasSize(before + 1);
        assertThat(head()).isEqualTo(end + 1);
    }

    /** As after a promotion: this process remembers what the log that is here now never said. */
    @Test
    void what_was_remembered_of_the_log_before_is_forgotten() {
        var recorded = record(member);
        assertThat(recorded).hasStatus(201);
        var location = String.valueOf(recorded.getResponse().getHeader("Location"));
        var id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
        owner.sql("ALTER TABLE event_store.domain_event DISABLE TRIGGER append_only")
                .update();
        owner.sql("DELETE FROM event_store.domain_event WHERE aggregate_id = ?")
                .param(id)
                .update();
        owner.sql("UPDATE event_store.head SET position = (SELECT max(position) FROM event_store.domain_event)")
                .update();
        owner.sql("ALTER TABLE event_store.domain_event ENABLE TRIGGER append_only")
                .update();
        asRestored("timeline = timeline + 1");
        assertThat(declare(head(), "The newest was lost", admin)).hasStatus(200);

        assertProblem(
                http.delete()
                        .uri(location)
                        .header("Authorization", "Bearer " + member)
                        .header("If-Match", "\"0\"")
                        .exchange(),
                404,
                "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event_store.lineage SET timeline = timeline + 1",
                "INSERT INTO event_store.lineage VALUES (true, 1, 1)",
                "DELETE FROM event_store.lineage",
                "TRUNCATE event_store.lineage"
            })
    void the_service_itself_cannot_open_or_close_the_log_in_another_way(String sql) {
        assertThatThrownBy(() -> database.sql(sql).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
