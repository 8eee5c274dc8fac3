package io.mealexpense.command.operations.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.operations.DeadLetterCommand.RetryDeadLetter;
import io.mealexpense.command.operations.ProjectionName;
import io.mealexpense.events.ProjectionNames;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OperatorActsOverHttpTest extends WriteSideOnPostgres {

    private static final String REBUILDS = "/api/v1/rebuilds";
    private static final String REPORT = "/api/v1/projections/monthly-report";
    private static final String ALL =
            ProjectionNames.ALL.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));

    @Autowired
    @Qualifier("commandDataSource")
    private DataSource dataSource;

    private String admin;

    @BeforeEach
    void sign_in() {
        admin = signIn(ADMIN_EMAIL).access();
    }

    private String anotherAdmin() {
        var email = newEmail();
        var id = register(email);
        assertThat(call(HttpMethod.PUT, "/api/v1/auth/accounts/" + id + "/roles/ADMIN", null, admin))
                .hasStatus(204);
        return signIn(email).access();
    }

    private MvcTestResult send(String path, @Nullable Object body, String token, Map<String, String> headers) {
        var request = http.post().uri(path).header("Authorization", "Bearer " + token);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .content(body instanceof String text ? text : json.writeValueAsString(body));
        }
        headers.forEach(request::header);
        return request.exchange();
    }

    private MvcTestResult send(String path, @Nullable Object body) {
        return send(path, body, admin, Map.of());
    }

    private static Map<String, Object> because(String reason, Object... more) {
        var request = new HashMap<String, Object>(Map.of("reason", reason));
        for (var i = 0; i < more.length; i += 2) {
            request.put(more[i].toString(), more[i + 1]);
        }
        return request;
    }

    /** A swap says what was looked at, a cancellation needs not. */
    private static Map<String, Object> decision(String path, String reason) {
        return path.endsWith("/swap") ? because(reason, "comparedAt", 7) : because(reason);
    }

    /** Somebody's account: something that the log has. */
    private UUID subject() {
        return register(newEmail());
    }

    private static String newId() {
        return Generators.timeBasedEpochGenerator().generate().toString();
    }

    private String requested() {
        return requestedAs(read(send(REBUILDS, because("A total looked wrong")), "$.id"));
    }

    private static String requestedAs(String id) {
        return REBUILDS + "/" + id;
    }

    private static String letter(UUID subject) {
        return REPORT + "/dead-letters/" + subject;
    }

    private static String header(MvcTestResult answer, String name) {
        return Objects.requireNonNull(answer.getResponse().getHeader(name), name);
    }

    /** What the log has of an aggregate: its events' types, names and payloads. */
    private List<String> log(String aggregateId) {
        return database.sql("SELECT aggregate_type || ' ' || name || ' ' || payload FROM event_store.domain_event"
                        + " WHERE aggregate_id = ?::uuid ORDER BY sequence")
                .param(aggregateId)
                .query(String.class)
                .list();
    }

    private List<String> letters(UUID subject) {
        return database.sql("SELECT aggregate_type || ' ' || name || ' ' || (payload ->> 'projection') || ' '"
                        + " || (payload ->> 'reason') FROM event_store.domain_event"
                        + " WHERE payload ->> 'subjectId' = ? ORDER BY position")
                .param(subject.toString())
                .query(String.class)
                .list();
    }

    @Test
    void one_read_model_is_rebuilt_by_its_name() {
        var answer = send(REPORT + "/rebuilds", because("  A total looked wrong "));

        assertThat(answer).hasStatus(202).hasHeader("ETag", "\"0\"");
        var id = read(answer, "$.id");
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(header(answer, "Location")).isEqualTo(REBUILDS + "/" + id);
        assertThat(header(answer, "Consistency-Token")).isNotBlank();
        assertThat(log(id))
                .containsExactly("ProjectionRebuild ProjectionRebuildRequested {\"rebuildId\":\"" + id
                        + "\",\"projections\":[\"monthly-report\"],\"reason\":\"A total looked wrong\"}");
    }

    @Test
    void several_read_models_or_all_are_rebuilt_in_one_pass() {
        var several = send(REBUILDS, because("New", "projections", List.of("monthly-report", "categories")));
        var all = send(REBUILDS, because("New"));

        assertThat(several).hasStatus(202);
        assertThat(log(read(several, "$.id")).getFirst()).contains("[\"categories\",\"monthly-report\"]");
        assertThat(header(several, "Location")).isEqualTo(REBUILDS + "/" + read(several, "$.id"));
        assertThat(log(read(all, "$.id")).getFirst()).contains(ALL);
    }

    @Test
    void a_list_without_names_is_not_taken_for_all() {
        var none = send(REBUILDS, because("New", "projections", List.of()));

        assertProblem(none, 400, "validation");
        assertThat(read(none, "$.errors[0].field")).isEqualTo("projections");
    }

    @Test
    void the_same_id_and_content_again_is_answered_as_the_first_time() {
        var id = newId();
        var first = send(REBUILDS, because("New", "id", id, "projections", List.of("categories", "monthly-report")));

        var again = send(REBUILDS, because(" New", "id", id, "projections", List.of("monthly-report", "categories")));

        assertThat(again).hasStatus(202).hasHeader("ETag", "\"0\"");
        assertThat(read(again, "$.id")).isEqualTo(id);
        assertThat(header(again, "Location")).isEqualTo(header(first, "Location"));
        assertThat(header(again, "Consistency-Token")).isEqualTo(header(first, "Consistency-Token"));
        assertThat(log(id)).hasSize(1);
        assertThat(send(requestedAs(id) + "/cancel", because("Not today"))).hasStatus(202);
        assertThat(send(REBUILDS, because("New", "id", id, "projections", List.of("categories", "monthly-report"))))
                .as("the first answer, whatever became of it")
                .hasStatus(202)
                .hasHeader("ETag", "\"0\"");
    }

    @Test
    void requests_that_overlap_all_get_the_first_answer() throws Exception {
        var request = because("New", "id", newId());
        try (var hands = Executors.newFixedThreadPool(6)) {
            var answers = hands.invokeAll(Collections.nCopies(6, () -> {
                var answer = send(REBUILDS, request);
                return answer.getResponse().getStatus() + header(answer, "Consistency-Token");
            }));
            for (var answer : answers) {
                assertThat(answer.get().toString())
                        .startsWith("202")
                        .isEqualTo(answers.getFirst().get());
            }
        }
    }

    @Test
    void the_same_id_for_something_else_is_a_conflict() {
        var id = newId();
        send(REPORT + "/rebuilds", because("New", "id", id));

        assertProblem(send(REPORT + "/rebuilds", because("Newer", "id", id)), 409, "conflict");
        assertProblem(send(REBUILDS, because("New", "id", id)), 409, "conflict");
        assertProblem(send(REPORT + "/rebuilds", because("New", "id", id), anotherAdmin(), Map.of()), 409, "conflict");
        assertThat(send(REBUILDS, because("New", "id", id, "projections", List.of("monthly-report"))))
                .as("the same in other words")
                .hasStatus(202);
    }

    @Test
    void the_id_of_an_expense_is_a_conflict_and_the_id_of_no_rebuild() {
        var email = newEmail();
        register(email);
        var member = signIn(email).access();
        var id = newId();
        var lunch =
                Map.of("id", id, "spentOn", "2026-03-15", "amount", "12.50", "currency", "EUR", "mealType", "lunch");
        assertThat(send("/api/v1/expenses", lunch, member, Map.of())).hasStatus(201);

        assertProblem(send(REBUILDS, because("New", "id", id)), 409, "conflict");
        assertProblem(send(requestedAs(id) + "/swap", decision("/swap", "New")), 404, "not-found");
        assertProblem(send(requestedAs(id) + "/cancel", because("New")), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({"swap, ProjectionRebuildSwapped", "cancel, ProjectionRebuildCancelled"})
    void an_operator_decides_once(String act, String event) {
        var rebuild = requested();

        var decided = send(rebuild + "/" + act, decision("/" + act, " Looked at it  "));

        assertThat(decided).hasStatus(202).hasHeader("ETag", "\"1\"");
        assertThat(body(decided)).isEmpty();
        assertThat(header(decided, "Consistency-Token")).isNotBlank();
        assertThat(log(rebuild.substring(REBUILDS.length() + 1)).getLast())
                .startsWith("ProjectionRebuild " + event)
                .contains("\"reason\":\"Looked at it\"");
        var again = send(rebuild + "/" + act, decision("/" + act, "Again"));
        assertProblem(again, 409, "conflict");
        assertThat(again).hasHeader("ETag", "\"1\"");
    }

    @Test
    void a_swap_says_which_comparison_was_looked_at_and_may_be_followed_by_another() {
        var rebuild = requested();
        assertThat(send(rebuild + "/swap", because("Quick", "comparedAt", 0))).hasStatus(202);
        assertThat(send(rebuild + "/swap", because("The right one", "comparedAt", 4711)))
                .hasStatus(202)
                .hasHeader("ETag", "\"2\"");
        assertProblem(send(rebuild + "/swap", because("Twice", "comparedAt", 4711)), 409, "conflict");
        assertThat(log(rebuild.substring(REBUILDS.length() + 1)).getLast()).contains("\"comparedAt\":4711");
    }

    @Test
    void a_rebuild_nobody_requested_cannot_be_decided() {
        assertProblem(send(requestedAs(newId()) + "/swap", decision("/swap", "Why not")), 404, "not-found");
        assertProblem(send(requestedAs(newId()) + "/cancel", because("Why not")), 404, "not-found");
        assertProblem(send(REBUILDS + "/1-0-0-0-1/cancel", because("Why not")), 400, "validation");
    }

    @Test
    void dead_letters_are_retried_and_discarded_as_often_as_an_operator_likes() {
        var subject = subject();

        var retried = send(letter(subject) + "/retry", because(" Fixed by now "));
        assertThat(retried).hasStatus(202).hasHeader("ETag", "\"0\"");
        assertThat(body(retried)).isEmpty();
        assertThat(header(retried, "Consistency-Token")).isNotBlank();
        assertThat(send(letter(subject) + "/discard", because("It was not")))
                .hasStatus(202)
                .hasHeader("ETag", "\"1\"");
        assertThat(send(letter(subject) + "/retry", because("Now it is")))
                .hasStatus(202)
                .hasHeader("ETag", "\"2\"");
        assertThat(send(
                        "/api/v1/projections/expense-list/dead-letters/" + subject + "/discard",
                        because("Another letter")))
                .hasStatus(202)
                .hasHeader("ETag", "\"0\"");

        assertThat(letters(subject))
                .containsExactly(
                        "DeadLetter DeadLetterRetried monthly-report Fixed by now",
                        "DeadLetter DeadLetterDiscarded monthly-report It was not",
                        "DeadLetter DeadLetterRetried monthly-report Now it is",
                        "DeadLetter DeadLetterDiscarded expense-list Another letter");
    }

    @Test
    void a_projection_that_there_is_not_is_not_found() {
        for (var path : List.of(
                "/rebuilds",
                "/dead-letters/" + UUID.randomUUID() + "/retry",
                "/dead-letters/" + UUID.randomUUID() + "/discard")) {
            assertProblem(send("/api/v1/projections/lunch-list" + path, because("Why not")), 404, "not-found");
            assertProblem(send("/api/v1/projections/control" + path, because("Why not")), 404, "not-found");
            assertProblem(send("/api/v1/projections/lunch-list" + path, Map.of()), 400, "validation");
        }
        assertProblem(send(REPORT + "/dead-letters/1-0-0-0-1/retry", because("Why not")), 400, "validation");
    }

    @Test
    void a_retry_with_its_key_gets_the_first_answer() {
        var subject = subject();
        var keyed = Map.of("Idempotency-Key", "desk-1");
        for (var path : List.of(requested() + "/swap", letter(subject) + "/retry")) {
            var first = send(path, decision(path, "Looked at it"), admin, keyed);
            assertThat(first).hasStatus(202);

            var again = send(path, decision(path, "Looked at it "), admin, keyed);

            assertThat(again).hasStatus(202).hasHeader("ETag", header(first, "ETag"));
            assertThat(header(again, "Consistency-Token")).isEqualTo(header(first, "Consistency-Token"));
            assertProblem(send(path, decision(path, "Why not"), admin, keyed), 409, "idempotency-conflict");
            if (path.endsWith("/swap")) {
                assertProblem(
                        send(path, because("Looked at it", "comparedAt", 8), admin, keyed),
                        409,
                        "idempotency-conflict");
            }
            var other = path.replace("/swap", "/cancel").replace("/retry", "/discard");
            assertProblem(send(other, because("Looked at it"), admin, keyed), 409, "idempotency-conflict");
        }
        assertThat(letters(subject)).hasSize(1);
    }

    @Test
    void a_key_of_another_operator_is_taken() {
        var subject = subject();
        var keyed = Map.of("Idempotency-Key", "desk-1");
        send(letter(subject) + "/retry", because("Fixed"), admin, keyed);

        assertProblem(
                send(letter(subject) + "/retry", because("Fixed"), anotherAdmin(), keyed), 409, "idempotency-conflict");
        assertProblem(
                send(letter(subject) + "/retry", because("Fixed"), admin, Map.of("Idempotency-Key", "two words")),
                400,
                "validation");
        assertThat(letters(subject)).hasSize(1);
    }

    /** Two servers: the other one's append is in the way while this one has decided that there is no letter yet. */
    @Test
    void two_first_acts_at_once_both_count() throws Exception {
        var subject = subject();
        var id = new RetryDeadLetter(new ProjectionName("monthly-report"), subject, "Fixed").id();

        try (var connection = dataSource.getConnection();
                var hands = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            try (var other = connection.prepareStatement("""
                    WITH head AS (UPDATE event_store.head SET position = position + 1 RETURNING position, at)
                    INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence, event_id,
                        name, revision, recorded_at, payload, metadata)
                    SELECT position, 'DeadLetter', ?, 0, ?, 'DeadLetterDiscarded', '1', at, ?::json, '{}' FROM head
                    """)) {
                other.setObject(1, id.value());
                other.setObject(2, UUID.randomUUID());
                other.setString(3, """
                        {"deadLetterId":"%s","projection":"monthly-report","subjectId":"%s","reason":"Harmless"}""".formatted(id, subject));
                other.execute();
            }
            var answer = hands.submit(() -> send(letter(subject) + "/retry", because("Fixed")));
            await().until(() -> database.sql("""
                            SELECT count(*) FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock'
                            """).query(Long.class).single() > 0);
            connection.commit();
            connection.setAutoCommit(true);

            assertThat(answer.get()).hasStatus(202).hasHeader("ETag", "\"1\"");
        }
        assertThat(letters(subject))
                .containsExactly(
                        "DeadLetter DeadLetterDiscarded monthly-report Harmless",
                        "DeadLetter DeadLetterRetried monthly-report Fixed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/rebuilds",
                "/api/v1/rebuilds/0199a000-0000-7000-8000-0000000000b1/swap",
                "/api/v1/rebuilds/0199a000-0000-7000-8000-0000000000b1/cancel",
                "/api/v1/projections/monthly-report/rebuilds",
                "/api/v1/projections/lunch-list/rebuilds",
                "/api/v1/projections/monthly-report/dead-letters/0199a000-0000-7000-8000-000000000001/retry",
                "/api/v1/projections/monthly-report/dead-letters/0199a000-0000-7000-8000-000000000001/discard"
            })
    void only_administrators_act(String path) {
        var email = newEmail();
        var member = register(email);
        var token = signIn(email).access();

        assertProblem(post(path, because("Why not")), 401, "unauthenticated");
        assertProblem(send(path, "{broken", token, Map.of()), 403, "forbidden");
        assertThat(call(HttpMethod.PUT, "/api/v1/auth/accounts/" + member + "/roles/AUDITOR", null, admin))
                .hasStatus(204);
        assertProblem(send(path, because("Why not"), signIn(email).access(), Map.of()), 403, "forbidden");
        assertThat(send(path, "{broken")).hasStatus(400);
    }

    @Test
    void every_act_says_why() {
        for (var path : List.of(
                REBUILDS,
                REPORT + "/rebuilds",
                requested() + "/cancel",
                letter(subject()) + "/retry",
                letter(subject()) + "/discard")) {
            for (var reason : List.of("{}", "{\"reason\":null}", "{\"reason\":\" \\t\\n \"}", "{\"reason\":\"\"}")) {
                assertWrong(send(path, reason), "reason");
            }
            assertWrong(send(path, because("x".repeat(501))), "reason");
            assertWrong(send(path, "{\"reason\":7}"), "reason");
            assertWrong(send(path, "{\"reason\":\"a\\u0000b\"}"), "reason");
            assertWrong(send(path, "{\"reason\":\"\\ud83c\"}"), "reason");
            assertWrong(send(path, because("Why not", "colour", "red")), "colour");
            assertThat(send(path, null)).hasStatus(400);
            assertThat(send(path, "[]")).hasStatus(400);
            assertThat(send(path, because(" " + "x".repeat(500) + "\n"))).hasStatus(202);
        }
    }

    @Test
    void a_swap_says_why_and_what_was_looked_at() {
        var swap = requested() + "/swap";
        assertWrong(send(swap, "{}"), "reason", "comparedAt");
        assertWrong(send(swap, because("Why not")), "comparedAt");
        assertWrong(send(swap, because("Why not", "comparedAt", -1)), "comparedAt");
        assertWrong(send(swap, because("Why not", "comparedAt", "7")), "comparedAt");
        assertWrong(send(swap, because(" ", "comparedAt", 7)), "reason");
        assertThat(send(swap, because("Why not", "comparedAt", 7))).hasStatus(202);
    }

    @Test
    void of_what_the_log_does_not_have_nothing_was_put_aside() {
        var nothing = UUID.randomUUID();
        for (var act : List.of("/retry", "/discard")) {
            assertProblem(send(letter(nothing) + act, because("Fixed")), 404, "not-found");
        }
        assertThat(letters(nothing)).isEmpty();
    }

    private static void assertWrong(MvcTestResult answer, String... fields) {
        assertProblem(answer, 400, "validation");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactly((Object[]) fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | projections",
                "[\"lunch-list\"] | projections[0]",
                "[\"Monthly-Report\"] | projections[0]",
                "[\"categories\", null] | projections[1]",
                "[\"categories\", \"control\"] | projections[1]",
                "[\"categories\", \"audit-trail\", \"categories\"] | projections[2]",
                "\"categories\" | projections"
            })
    void what_is_rebuilt_is_named_once_and_exists(String projections, String field) {
        assertWrong(send(REBUILDS, "{\"reason\":\"Why not\",\"projections\":%s}".formatted(projections)), field);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var request = because(" ", "id", UUID.randomUUID(), "projections", List.of("lunch-list"));

        assertWrong(send(REBUILDS, request), "id", "projections[0]", "reason");
        request.remove("projections");
        assertWrong(send(REPORT + "/rebuilds", request), "id", "reason");
    }

    @Test
    void no_list_is_a_list_of_all_and_the_path_names_one_already() {
        var all = send(REBUILDS, "{\"reason\":\"New\",\"projections\":null}");
        assertThat(log(read(all, "$.id")).getFirst()).contains(ALL);
        assertWrong(
                send(REPORT + "/rebuilds", because("New", "projections", List.of("monthly-report"))), "projections");
    }

    @Test
    void the_log_says_who_it_was() {
        var rebuild = requested();
        var me = read(get("/api/v1/auth/me", admin), "$.id");

        var actor = database.sql("SELECT metadata ->> 'actorId' || ' ' || (metadata ->> 'actorRoles')"
                        + " FROM event_store.domain_event WHERE aggregate_id = ?::uuid")
                .param(rebuild.substring(REBUILDS.length() + 1))
                .query(String.class)
                .single();
        assertThat(actor).isEqualTo(me + " ADMIN");
    }
}
