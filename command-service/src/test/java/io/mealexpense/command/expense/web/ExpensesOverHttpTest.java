package io.mealexpense.command.expense.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.WriteSideOnPostgres;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpensesOverHttpTest extends WriteSideOnPostgres {

    private static final String EXPENSES = "/api/v1/expenses";

    private String alice;
    private String bob;

    @BeforeEach
    void sign_in() {
        alice = newMember();
        bob = newMember();
    }

    private String newMember() {
        var email = newEmail();
        register(email);
        return signIn(email).access();
    }

    private static Map<String, Object> lunch(Object... changes) {
        var content = new HashMap<String, Object>(
                Map.of("spentOn", "2026-03-15", "amount", "12.50", "currency", "EUR", "mealType", "lunch"));
        for (var i = 0; i < changes.length; i += 2) {
            content.put(changes[i].toString(), changes[i + 1]);
        }
        return content;
    }

    private MvcTestResult send(
            HttpMethod method, String path, @Nullable Object body, String token, Map<String, String> headers) {
        var request = http.method(method).uri(EXPENSES + path).header("Authorization", "Bearer " + token);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .content(body instanceof String text ? text : json.writeValueAsString(body));
        }
        headers.forEach(request::header);
        return request.exchange();
    }

    private MvcTestResult record(Map<String, Object> content) {
        return send(HttpMethod.POST, "", content, alice, Map.of());
    }

    private String recorded() {
        var answer = record(lunch());
        assertThat(answer).hasStatus(201).hasHeader("ETag", "\"0\"");
        return "/" + read(answer, "$.id");
    }

    private static Map<String, String> seen(long version) {
        return Map.of("If-Match", "\"" + version + "\"");
    }

    @Test
    void recording_answers_where_it_is_and_how_to_read_it() {
        var answer = record(lunch());

        assertThat(answer).hasStatus(201).hasHeader("ETag", "\"0\"");
        assertThat(answer.getResponse().getHeader("Location")).isEqualTo(EXPENSES + "/" + read(answer, "$.id"));
        assertThat(answer.getResponse().getHeader("Consistency-Token")).isNotBlank();
    }

    @Test
    void the_same_id_and_content_again_is_answered_as_the_first_time() {
        var id = Generators.timeBasedEpochGenerator().generate().toString();
        var first = record(lunch("id", id, "amount", "12.5"));

        var again = record(lunch("id", id, "amount", "12.50", "place", "  "));

        assertThat(again).hasStatus(201).hasHeader("ETag", "\"0\"");
        assertThat(again.getResponse().getHeader("Consistency-Token"))
                .isEqualTo(first.getResponse().getHeader("Consistency-Token"));
    }

    @Test
    void the_same_id_for_something_else_is_a_conflict_whosever_it_is() {
        var id = Generators.timeBasedEpochGenerator().generate().toString();
        record(lunch("id", id));

        assertProblem(record(lunch("id", id, "amount", "13.00")), 409, "conflict");
        assertProblem(send(HttpMethod.POST, "", lunch("id", id), bob, Map.of()), 409, "conflict");
    }

    @Test
    void changes_walk_through_the_versions() {
        var lunch = recorded();

        assertThat(send(HttpMethod.PUT, lunch, lunch("amount", "13.20"), alice, seen(0)))
                .hasStatus(204)
                .hasHeader("ETag", "\"1\"");
        assertThat(send(HttpMethod.DELETE, lunch + "?reason=twice", null, alice, seen(1)))
                .hasStatus(204)
                .hasHeader("ETag", "\"2\"");
        assertThat(send(HttpMethod.POST, lunch + "/restore", Map.of(), alice, seen(2)))
                .hasStatus(204)
                .hasHeader("ETag", "\"3\"");
    }

    private static final String PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/141.0.0.0 Mobile Safari/537.36";

    private static final String MACINTOSH = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.3 Safari/605.1.15";

    /** What the log keeps of the device of each event, as JSON. */
    private List<String> devices(String subject) {
        return database.sql("""
                        SELECT coalesce((metadata -> 'device')::text, '-')
                          FROM event_store.domain_event
                         WHERE aggregate_id = ?::uuid
                         ORDER BY position
                        """).param(subject).query(String.class).list();
    }

    @Test
    void each_event_says_on_which_kind_of_device_it_was_made() {
        var answer = send(HttpMethod.POST, "", lunch(), alice, Map.of("User-Agent", PHONE));
        var id = read(answer, "$.id");
        var lunch = "/" + id;

        send(
                HttpMethod.PUT,
                lunch,
                lunch("amount", "13.20"),
                alice,
                Map.of("If-Match", "\"0\"", "User-Agent", MACINTOSH, "Device", "tablet"));
        send(HttpMethod.DELETE, lunch, null, alice, Map.of("If-Match", "\"1\"", "User-Agent", MACINTOSH));
        send(HttpMethod.POST, lunch + "/restore", Map.of(), alice, Map.of("If-Match", "\"2\"", "User-Agent", "curl/8"));

        assertThat(devices(id)).containsExactly("\"phone\"", "\"tablet\"", "\"computer\"", "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Моцилла/5.0 (Android)", "Mozilla/5.0 (\u009f\u0000)", "Mozilla/5.0 (X11"})
    void a_strange_name_of_a_browser_is_no_reason_to_refuse(String name) {
        var headers = Map.of("User-Agent", name, "Device", name);
        var answer = send(HttpMethod.POST, "", lunch(), alice, headers);

        assertThat(answer).hasStatus(201);
        assertThat(devices(read(answer, "$.id"))).containsExactly("-");
    }

    @Test
    void an_account_says_on_which_kind_of_device_it_was_opened() {
        var account = http.post()
                .uri("/api/v1/auth/register")
                .header("User-Agent", PHONE)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(
                        Map.of("email", newEmail(), "password", PASSWORD, "displayName", "Alice")))
                .exchange();

        assertThat(devices(read(account, "$.id"))).containsExactly("\"phone\"");
    }

    @Test
    void a_weak_tag_counts() {
        assertThat(send(HttpMethod.DELETE, recorded(), null, alice, Map.of("If-Match", "W/\"0\"")))
                .hasStatus(204);
    }

    @Test
    void each_refusal_has_its_answer() {
        var lunch = recorded();

        assertProblem(send(HttpMethod.PUT, lunch, lunch(), alice, Map.of()), 428, "version-required");
        assertProblem(send(HttpMethod.PUT, lunch, lunch(), alice, Map.of("If-Match", "*")), 400, "validation");
        assertProblem(send(HttpMethod.PUT, lunch, lunch(), bob, seen(0)), 404, "not-found");
        assertProblem(send(HttpMethod.POST, lunch + "/restore", null, alice, seen(0)), 409, "conflict");
        send(HttpMethod.PUT, lunch, lunch("amount", "13.20"), alice, seen(0));
        var stale = send(HttpMethod.PUT, lunch, lunch(), alice, seen(0));
        assertProblem(stale, 412, "stale-version");
        assertThat(stale).hasHeader("ETag", "\"1\"");
        assertThat(read(stale, "$.detail"))
                .as("people count versions from one, so no number may stand there")
                .isEqualTo("What you have seen is not how it is now. Look at it again, then change it.");
        send(HttpMethod.DELETE, lunch, null, alice, seen(1));
        var gone = send(HttpMethod.DELETE, lunch, null, alice, seen(2));
        assertProblem(gone, 410, "already-deleted");
        assertThat(gone).hasHeader("ETag", "\"2\"");
    }

    @Test
    void a_foreign_id_answers_like_an_absent_one() {
        var foreign = send(HttpMethod.DELETE, recorded(), null, bob, seen(0));
        var absent = send(HttpMethod.DELETE, "/" + UUID.randomUUID(), null, bob, seen(0));

        assertThat(body(foreign).replaceAll("\"traceId\":\"[^\"]*\"", ""))
                .isEqualTo(body(absent).replaceAll("\"traceId\":\"[^\"]*\"", ""));
    }

    @Test
    void an_administrator_keeps_no_expenses() {
        var admin = signIn(ADMIN_EMAIL).access();

        assertProblem(send(HttpMethod.POST, "", "{broken", admin, Map.of()), 403, "forbidden");
    }

    @Test
    void a_retry_with_its_key_gets_the_first_answer() {
        var lunch = recorded();
        var keyed = Map.of("If-Match", "\"0\"", "Idempotency-Key", "phone-42");
        var first = send(HttpMethod.PUT, lunch, lunch("amount", "13.20"), alice, keyed);

        var again = send(HttpMethod.PUT, lunch, lunch("amount", "13.20"), alice, keyed);

        assertThat(again).hasStatus(204).hasHeader("ETag", "\"1\"");
        assertThat(again.getResponse().getHeader("Consistency-Token"))
                .isEqualTo(first.getResponse().getHeader("Consistency-Token"));
        assertProblem(send(HttpMethod.PUT, lunch, lunch("amount", "14.00"), alice, keyed), 409, "idempotency-conflict");
        assertProblem(send(HttpMethod.PUT, lunch, lunch("amount", "13.20"), bob, keyed), 404, "not-found");
    }

    @Test
    void retries_that_overlap_all_get_the_first_answer() throws Exception {
        var lunch = recorded();
        var keyed = Map.of("If-Match", "\"0\"", "Idempotency-Key", "tunnel");
        try (var hands = Executors.newFixedThreadPool(6)) {
            var answers = hands.invokeAll(Collections.nCopies(6, () -> {
                var answer = send(HttpMethod.PUT, lunch, lunch("amount", "13.20"), alice, keyed);
                return answer.getResponse().getStatus() + answer.getResponse().getHeader("ETag");
            }));
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("204\"1\"");
            }
        }
    }

    @Test
    void a_key_tells_nothing_from_the_word_null_and_one_name_from_two() {
        var keyed = Map.of("If-Match", "\"0\"", "Idempotency-Key", "k");
        var one = recorded();
        send(HttpMethod.PUT, one, lunch("attendees", List.of("a, b")), alice, keyed);
        var two = recorded();
        send(HttpMethod.PUT, two, lunch(), alice, keyed);

        assertProblem(
                send(HttpMethod.PUT, one, lunch("attendees", List.of("a", "b")), alice, keyed),
                409,
                "idempotency-conflict");
        assertProblem(send(HttpMethod.PUT, two, lunch("notes", "null"), alice, keyed), 409, "idempotency-conflict");
    }

    @Test
    void the_id_of_something_else_is_the_id_of_no_expense() {
        var account = register(newEmail());

        assertProblem(send(HttpMethod.PUT, "/" + account, lunch(), bob, seen(0)), 404, "not-found");
        assertProblem(send(HttpMethod.DELETE, "/" + account, null, bob, seen(0)), 404, "not-found");
    }

    @Test
    void an_id_has_one_spelling() {
        assertProblem(send(HttpMethod.DELETE, "/1-0-0-0-1", null, alice, seen(0)), 400, "validation");
    }

    @ParameterizedTest
    @CsvSource({
        "amount, 12.505",
        "amount, 12.500",
        "amount, 0.00",
        "amount, 1E+100000000",
        "amount, 1000000000000",
        "currency, DEM",
        "currency, XXX",
        "mealType, second-breakfast",
        "orderType, teleport",
        "spentOn, 2026-02-30",
        "spentOn, 1969-12-31",
        "spentOn, 15.03.2026",
        "spentAt, 24:00",
        "zone, Mars/Olympus",
        "tip, 13.00",
        "tax, -1.00",
        "categoryId, not-a-uuid",
        "id, 5f2b1c3e-8d1a-4c55-9a52-0f6f1e2d3c4b"
    })
    void a_wrong_field_is_named(String field, String value) {
        var answer = record(lunch(field, value));

        assertProblem(answer, 400, "validation");
        assertThat(read(answer, "$.errors[0].field")).isEqualTo(field);
    }

    @Test
    void every_wrong_field_is_named_at_once() {
        var answer = record(lunch("amount", "x", "spentOn", "y", "mealType", "z"));

        assertThat(read(answer, "$.errors[*].field")).contains("amount", "spentOn", "mealType");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} x",
                "{\"amount\": 12.50}",
                "{\"amount\": \"1\", \"amount\": \"2\"}",
                "{\"colour\": \"red\"}",
                "{\"place\": \"\\u0000\"}",
                "{\"place\": \"\\ud800\"}",
                "{\"partySize\": \"2\"}",
                "{\"partySize\": 2.5}",
                "{\"tags\": [null]}"
            })
    void json_is_taken_literally(String body) {
        var answer = send(HttpMethod.POST, "", body, alice, Map.of());

        assertThat(answer).hasStatus(400).hasContentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "spentOn, 9999-01-01, spent-in-the-future",
        "categoryId, 0199a000-0000-7000-8000-0000000000c1, unknown-category",
        "restaurantId, 0199a000-0000-7000-8000-0000000000e1, unknown-restaurant"
    })
    void a_rule_refuses_what_is_well_formed(String field, String value, String slug) {
        assertProblem(record(lunch(field, value)), 422, slug);
    }
}
