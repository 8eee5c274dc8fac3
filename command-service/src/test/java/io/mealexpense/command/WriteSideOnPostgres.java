package io.mealexpense.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** The whole write side on a PostgreSQL of its own, with an administrator and a clock that obeys. */
@SpringBootTest(classes = {CommandServiceApplication.class, WriteSideOnPostgres.TestClock.class})
@AutoConfigureMockMvc
public abstract class WriteSideOnPostgres {

    public static final String PASSWORD = "correct horse battery";
    public static final String MASTER_KEY =
            Base64.getEncoder().encodeToString("a master key for tests, 32 bytes".getBytes(StandardCharsets.US_ASCII));
    public static final String ADMIN_EMAIL = "admin@example.test";

    /** No {@code @Configuration}: the write side's component scan would find it for every test. */
    public static class TestClock {
        @Bean
        Clock clock() {
            return new SettableClock();
        }
    }

    @Autowired
    public MockMvcTester http;

    @Autowired
    public Clock clock;

    @Autowired
    public JsonMapper json;

    public JdbcClient database;

    @Autowired
    void use(@Qualifier("commandDataSource") javax.sql.DataSource dataSource) {
        database = JdbcClient.create(dataSource);
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        onPostgres(properties);
        properties.add("meals.command.admin.email", () -> ADMIN_EMAIL);
        properties.add("meals.command.admin.password", () -> PASSWORD);
    }

    public static void onPostgres(DynamicPropertyRegistry properties) {
        var postgres = SharedPostgres.database();
        properties.add("meals.command.datasource.url", postgres::url);
        properties.add("meals.command.datasource.username", () -> postgres.username(Role.COMMAND));
        properties.add("meals.command.datasource.password", () -> postgres.password(Role.COMMAND));
        properties.add("meals.command.datasource.pool-size", () -> 6);
        properties.add("meals.command.migration.username", () -> postgres.username(Role.MIGRATOR));
        properties.add("meals.command.migration.password", () -> postgres.password(Role.MIGRATOR));
        properties.add("meals.command.master-key", () -> MASTER_KEY);
        properties.add("meals.command.throttle.register.burst", () -> 1000);
        properties.add("meals.command.throttle.sign-in.burst", () -> 1000);
    }

    public SettableClock clock() {
        return (SettableClock) clock;
    }

    public static String newEmail() {
        return "u" + UUID.randomUUID() + "@example.test";
    }

    public MvcTestResult call(HttpMethod method, String path, @Nullable Object body, @Nullable String token) {
        var request = http.method(method).uri(path);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .content(body instanceof String text ? text : json.writeValueAsString(body));
        }
        if (token != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
        return request.exchange();
    }

    public MvcTestResult post(String path, Object body) {
        return call(HttpMethod.POST, path, body, null);
    }

    public MvcTestResult get(String path, @Nullable String token) {
        return call(HttpMethod.GET, path, null, token);
    }

    /** A new member's account id. */
    public UUID register(String email) {
        var answer =
                post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD, "displayName", "Alice"));
        assertThat(answer).hasStatus(201);
        return UUID.fromString(read(answer, "$.id"));
    }

    public record Tokens(String access, String refresh) {}

    public Tokens signIn(String email) {
        return tokens(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD)));
    }

    public Tokens refreshed(String refreshToken) {
        return tokens(refresh(refreshToken));
    }

    public MvcTestResult refresh(String refreshToken) {
        return post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken));
    }

    public static Tokens tokens(MvcTestResult answer) {
        assertThat(answer).hasStatus(200);
        return new Tokens(read(answer, "$.accessToken"), read(answer, "$.refreshToken"));
    }

    public static String read(MvcTestResult answer, String path) {
        return JsonPath.read(body(answer), path).toString();
    }

    public static String body(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString();
        } catch (java.io.UnsupportedEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static void assertProblem(MvcTestResult answer, int status, String slug) {
        assertThat(answer).hasStatus(status).hasContentType("application/problem+json");
        assertThat(read(answer, "$.type")).isEqualTo("/problems/" + slug);
    }
}
