package io.mealexpense.edge.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.mealexpense.edge.incident.IncidentConfiguration.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IncidentsTest {

    private static final Logger log = LoggerFactory.getLogger(IncidentsTest.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer sentry;
    private Listening listening;

    @BeforeEach
    void listen() throws IOException {
        sentry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sentry.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Sentry-Auth"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        sentry.start();
        var dsn = "http://key@localhost:%d/42".formatted(sentry.getAddress().getPort());
        listening = new Listening(new IncidentProperties(dsn, "test"), "query-service");
        listening.afterPropertiesSet();
    }

    @AfterEach
    void stop() throws InterruptedException {
        listening.destroy();
        sentry.stop(0);
        MDC.clear();
    }

    private JsonNode event(int index) {
        await().until(() -> bodies.size() > index);
        var lines = bodies.get(index).lines().toList();
        assertThat(JSON.readTree(lines.get(0)).path("event_id").asString()).hasSize(32);
        assertThat(JSON.readTree(lines.get(1)).path("type").asString()).isEqualTo("event");
        return JSON.readTree(lines.get(2));
    }

    @Test
    void an_error_is_told_with_where_it_was_and_whose_request() {
        MDC.put("requestId", "request-7");
        MDC.put("accountId", "account-7");
        log.error("{} failed", "Alice's lunch", new IllegalStateException("With my doctor", new IOException("Gone")));

        var event = event(0);
        assertThat(requests.getFirst())
                .startsWith("POST /api/42/envelope/ ")
                .contains("sentry_key=key", "sentry_version=7");
        assertThat(event.path("level").asString()).isEqualTo("error");
        assertThat(event.path("logger").asString()).isEqualTo(IncidentsTest.class.getName());
        assertThat(event.path("environment").asString()).isEqualTo("test");
        assertThat(event.path("tags").path("service").asString()).isEqualTo("query-service");
        assertThat(event.path("tags").path("requestId").asString()).isEqualTo("request-7");
        assertThat(event.path("user").path("id").asString()).isEqualTo("account-7");
        var exceptions = event.path("exception").path("values");
        assertThat(exceptions.get(0).path("type").asString()).isEqualTo("java.io.IOException");
        assertThat(exceptions.get(1).path("type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exceptions.get(1).path("stacktrace").path("frames").values())
                .anyMatch(frame -> frame.path("function").asString().startsWith("an_error_is_told")
                        && frame.path("in_app").asBoolean());
    }

    @Test
    void nothing_that_people_typed_is_told() {
        log.error("{} failed", "Alice's lunch", new IllegalStateException("With my doctor"));
        assertThat(event(0).path("logentry").path("message").asString()).isEqualTo("{} failed");
        assertThat(bodies.getFirst()).doesNotContain("Alice", "doctor");
    }

    @Test
    void warnings_are_nobodys_business_and_the_same_is_told_once() {
        log.warn("Not so bad");
        for (var i = 0; i < 20; i++) {
            log.error("Again: {}", i);
        }
        log.error("Something else");
        assertThat(event(1).path("logentry").path("message").asString()).isEqualTo("Something else");
        assertThat(bodies).hasSize(2);
    }

    @Test
    void one_that_has_enough_is_left_alone() {
        status = 429;
        log.error("One");
        event(0);
        log.error("Two");
        await().during(java.time.Duration.ofMillis(500)).until(() -> bodies.size() == 1);
    }

    @Test
    void what_is_no_dsn_is_refused_at_the_start() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Listening(new IncidentProperties("sentry.example.org", "test"), "x").afterPropertiesSet());
    }
}
