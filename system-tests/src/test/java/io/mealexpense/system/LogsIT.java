package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What services write that run as images do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogsIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Distributed product = Distributed.running();

    /** Every line of every service: none is anything but JSON. */
    private List<JsonNode> lines() {
        return product.logs().stream()
                .flatMap(String::lines)
                .map(line -> Api.JSON.readTree(line))
                .toList();
    }

    /** Sends a refresh token a second time, which is an incident that is told. */
    private Api.Member stolenFrom(String requestId, String traceparent) {
        var member = product.api().register();
        var token = Map.of("refreshToken", member.refreshToken());
        member.api().post("/auth/refresh", token).send().expect(200);
        member.api()
                .post("/auth/refresh", token)
                .header("X-Request-Id", requestId)
                .header("traceparent", traceparent)
                .send()
                .expect(401);
        return member;
    }

    private JsonNode told(String member, String value) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> lines().stream()
                                .filter(line -> line.path(member).asString("").equals(value))
                                .findFirst()
                                .orElse(null),
                        line -> line != null);
    }

    @Test
    void a_line_says_which_request_of_which_trace_and_account_it_is_about() {
        var requestId = UUID.randomUUID().toString();
        var member = stolenFrom(requestId, "00-" + TRACE + "-00f067aa0ba902b7-01");
        var line = told("http.request.id", requestId);
        assertThat(line.path("message").asString()).contains("came a second time");
        assertThat(line.path("trace.id").asString()).isEqualTo(TRACE);
        assertThat(line.path("user.id").asString()).isEqualTo(member.id().toString());
        assertThat(line.path("log").path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("service").path("name").asString()).isEqualTo("command-service");
        assertThat(line.path("@timestamp").asString()).isNotBlank();
    }

    @Test
    void a_request_without_an_id_has_that_of_its_trace() {
        var trace = UUID.randomUUID().toString().replace("-", "");
        stolenFrom("not sane", "00-" + trace + "-00f067aa0ba902b7-00");
        assertThat(told("http.request.id", trace).path("trace.id").asString()).isEqualTo(trace);
    }

    @Test
    void nothing_in_it_signs_anybody_in_or_tells_who_they_are() {
        var member = stolenFrom(UUID.randomUUID().toString(), "");
        member.api()
                .post("/expenses", Expenses.with(Expenses.lunch("12.50"), "notes", "With my doctor"))
                .send()
                .expect(201);
        product.api()
                .post("/auth/login", Map.of("email", member.email(), "password", "Wrong-" + member.password()))
                .send()
                .expect(401);
        product.api()
                .post(
                        "/auth/register",
                        Map.of("email", member.email(), "password", member.password(), "displayName", "Somebody else"))
                .send()
                .expect(409);
        assertThat(String.join("\n", product.logs()))
                .doesNotContain(
                        member.email(),
                        member.password(),
                        member.refreshToken(),
                        member.api().token())
                .doesNotContain("With my doctor", "System Test", Staff.PASSWORD);
    }

    @Test
    void a_program_can_read_every_line() {
        assertThat(lines())
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line.path("ecs").path("version").asString()).isNotBlank());
    }
}
