package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.WriteSideOnPostgres;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionsTest extends WriteSideOnPostgres {

    private static final String HOST = "meals.example.test";
    private static final String OWN_ORIGIN = "http://" + HOST;

    @Autowired
    AccountUpkeep upkeep;

    @Autowired
    RefreshTokenRows refreshTokens;

    @Test
    void an_api_client_signs_in_and_is_known() {
        var email = newEmail();
        var id = register(email);
        var answer = post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
        assertThat(answer).hasStatus(200).hasHeader("Cache-Control", "no-store").doesNotContainHeader("Set-Cookie");
        assertThat(read(answer, "$.tokenType")).isEqualTo("Bearer");
        assertThat(read(answer, "$.expiresIn")).isEqualTo("300");
        var me = get("/api/v1/auth/me", tokens(answer).access());
        assertThat(me).hasStatus(200).hasHeader("ETag", "\"0\"").hasHeader("Cache-Control", "no-store");
        assertThat(read(me, "$.id")).isEqualTo(id.toString());
    }

    @Test
    void a_wrong_password_and_an_unknown_address_are_answered_alike() {
        var email = newEmail();
        register(email);
        var wrong = post("/api/v1/auth/login", Map.of("email", email, "password", "not the password"));
        var unknown = post("/api/v1/auth/login", Map.of("email", newEmail(), "password", "not the password"));
        var impossible = post("/api/v1/auth/login", Map.of("email", "nobody", "password", "x"));
        for (var answer : new MvcTestResult[] {wrong, unknown, impossible}) {
            assertProblem(answer, 401, "bad-credentials");
            assertThat(read(answer, "$.detail")).isEqualTo(read(wrong, "$.detail"));
        }
    }

    @Test
    void too_many_wrong_passwords_make_even_the_right_one_wait_whether_or_not_there_is_an_account() {
        var email = newEmail();
        register(email);
        for (var address : new String[] {email, newEmail()}) {
            for (var i = 0; i < 10; i++) {
                assertProblem(
                        post("/api/v1/auth/login", Map.of("email", address, "password", "wrong")),
                        401,
                        "bad-credentials");
            }
            var refused = post("/api/v1/auth/login", Map.of("email", address, "password", PASSWORD));
            assertProblem(refused, 429, "too-many-requests");
            assertThat(refused).hasHeader("Retry-After", "6");
        }
        clock().advance(Duration.ofSeconds(6));
        signIn(email);
    }

    @Test
    void a_refresh_token_is_good_for_one_exchange() {
        var email = newEmail();
        register(email);
        var first = signIn(email);
        var second = refreshed(first.refresh());
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(get("/api/v1/auth/me", second.access())).hasStatus(200);
        assertThat(refreshed(second.refresh())).isNotNull();
    }

    @Test
    void a_refresh_token_that_comes_twice_ends_the_session_and_its_access_tokens() {
        var email = newEmail();
        register(email);
        var other = signIn(email);
        var first = signIn(email);
        var second = refreshed(first.refresh());
        assertProblem(refresh(first.refresh()), 401, "unauthenticated");
        assertProblem(refresh(second.refresh()), 401, "unauthenticated");
        assertProblem(get("/api/v1/auth/me", second.access()), 401, "unauthenticated");
        assertThat(get("/api/v1/auth/me", other.access())).hasStatus(200);
        refreshed(other.refresh());
    }

    @Test
    void of_many_simultaneous_exchanges_at_most_one_succeeds() throws Exception {
        var email = newEmail();
        register(email);
        var token = signIn(email).refresh();
        try (var clients = Executors.newFixedThreadPool(4)) {
            var answers = clients.invokeAll(IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> refresh(token).getResponse().getStatus())
                    .toList());
            var good = 0;
            for (var answer : answers) {
                good += answer.get() == 200 ? 1 : 0;
            }
            assertThat(good).isOne();
        }
    }

    @Test
    void a_session_lasts_thirty_days_after_its_last_refresh() {
        var email = newEmail();
        register(email);
        var tokens = signIn(email);
        for (var i = 0; i < 3; i++) {
            clock().advance(Duration.ofDays(29));
            tokens = refreshed(tokens.refresh());
        }
        clock().advance(Duration.ofDays(30));
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
    }

    @Test
    void an_access_token_lasts_five_minutes() {
        var email = newEmail();
        register(email);
        var tokens = signIn(email);
        clock().advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(get("/api/v1/auth/me", tokens.access())).hasStatus(200);
        clock().advance(Duration.ofSeconds(10));
        assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
    }

    @Test
    void signing_out_ends_the_session_at_once_and_can_be_repeated() {
        var email = newEmail();
        register(email);
        var tokens = signIn(email);
        for (var i = 0; i < 2; i++) {
            assertThat(post("/api/v1/auth/logout", Map.of("refreshToken", tokens.refresh())))
                    .hasStatus(204);
        }
        assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
        assertThat(get("/api/v1/auth/me", signIn(email).access()))
                .as("a new session in the same second")
                .hasStatus(200);
    }

    @Test
    void a_bearer_token_alone_is_enough_to_sign_out() {
        var email = newEmail();
        register(email);
        var tokens = signIn(email);
        assertThat(call(HttpMethod.POST, "/api/v1/auth/logout", null, tokens.access()))
                .hasStatus(204);
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
    }

    @Test
    void refresh_tokens_are_kept_as_hashes_only() {
        var email = newEmail();
        register(email);
        var token = signIn(email).refresh();
        assertThat(database.sql("SELECT count(*) FROM account.refresh_token WHERE hash = :token")
                        .param("token", token)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(database.sql(
                                "SELECT count(*) FROM account.refresh_token WHERE hash = encode(sha256(:token::bytea), 'hex')")
                        .param("token", token)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void what_ended_long_ago_is_removed_and_what_lives_stays() {
        var email = newEmail();
        register(email);
        var over = signIn(email);
        post("/api/v1/auth/logout", Map.of("refreshToken", over.refresh()));
        var first = signIn(email);
        var second = refreshed(first.refresh());
        upkeep.clean();
        assertThat(kept(over, first, second)).isEqualTo(3);
        clock().advance(Duration.ofDays(8));
        upkeep.clean();
        assertThat(kept(over, first)).isZero();
        assertThat(kept(second)).isOne();
        refreshed(second.refresh());
    }

    private long kept(Tokens... tokens) {
        return Stream.of(tokens)
                .filter(it -> refreshTokens.existsById(Secrets.hash(it.refresh())))
                .count();
    }

    @Test
    void a_browser_gets_cookies_that_scripts_cannot_read() {
        var email = newEmail();
        register(email);
        var answer = cookieSignIn(email);
        assertThat(answer).hasStatus(204).hasHeader("Cache-Control", "no-store");
        assertThat(answer.getResponse().getHeaders("Set-Cookie"))
                .anySatisfy(it -> assertThat(it)
                        .startsWith("met_access=")
                        .contains("Path=/;", "Max-Age=300", "HttpOnly", "SameSite=Strict")
                        .doesNotContain("Secure"))
                .anySatisfy(it -> assertThat(it)
                        .startsWith("met_refresh=")
                        .contains("Path=/api/v1/auth;", "Max-Age=2592000", "HttpOnly", "SameSite=Strict"))
                .anySatisfy(it -> assertThat(it)
                        .startsWith("met_csrf=")
                        .contains("Path=/;", "SameSite=Strict")
                        .doesNotContain("HttpOnly"));
    }

    @Test
    void under_tls_the_cookies_are_pinned_to_the_host() {
        var email = newEmail();
        register(email);
        var answer = http.post()
                .uri("/api/v1/auth/login")
                .secure(true)
                .contentType("application/json")
                .content(json.writeValueAsString(Map.of("email", email, "password", PASSWORD, "session", "cookie")))
                .exchange();
        assertThat(answer.getResponse().getHeaders("Set-Cookie"))
                .hasSize(3)
                .allSatisfy(it ->
                        assertThat(it).startsWith("__Host-met_").contains("Path=/;", "Secure", "SameSite=Strict"));
    }

    @Test
    void a_cookie_session_refreshes_from_its_own_pages_only() {
        var email = newEmail();
        register(email);
        var cookies = cookieSignIn(email).getResponse().getCookies();
        var csrf = value(cookies, "met_csrf");
        assertProblem(cookieRefresh(cookies, null, OWN_ORIGIN), 403, "csrf");
        assertProblem(cookieRefresh(cookies, csrf, null), 403, "csrf");
        assertProblem(cookieRefresh(cookies, csrf, "https://evil.example"), 403, "csrf");
        assertProblem(cookieRefresh(cookies, "guessed", OWN_ORIGIN), 403, "csrf");
        var refreshed = cookieRefresh(cookies, csrf, OWN_ORIGIN);
        assertThat(refreshed).hasStatus(204);
        assertThat(value(refreshed.getResponse().getCookies(), "met_csrf")).isEqualTo(csrf);
        assertThat(http.get()
                        .uri("/api/v1/auth/me")
                        .cookie(refreshed.getResponse().getCookies())
                        .exchange())
                .hasStatus(200);
    }

    @Test
    void two_tabs_may_refresh_at_the_same_moment_but_an_old_cookie_ends_the_session() {
        var email = newEmail();
        register(email);
        var cookies = cookieSignIn(email).getResponse().getCookies();
        var csrf = value(cookies, "met_csrf");
        var one = cookieRefresh(cookies, csrf, OWN_ORIGIN);
        var other = cookieRefresh(cookies, csrf, OWN_ORIGIN);
        assertThat(one).hasStatus(204);
        assertThat(other).hasStatus(204);
        clock().advance(Duration.ofSeconds(11));
        assertThat(cookieRefresh(other.getResponse().getCookies(), csrf, OWN_ORIGIN))
                .hasStatus(204);
        assertProblem(cookieRefresh(cookies, csrf, OWN_ORIGIN), 401, "unauthenticated");
        assertProblem(cookieRefresh(one.getResponse().getCookies(), csrf, OWN_ORIGIN), 401, "unauthenticated");
    }

    @Test
    void a_browsers_refresh_token_is_worth_nothing_outside_of_its_cookie() {
        var email = newEmail();
        register(email);
        var cookies = cookieSignIn(email).getResponse().getCookies();
        assertProblem(refresh(value(cookies, "met_refresh")), 401, "unauthenticated");
        assertThat(cookieRefresh(cookies, value(cookies, "met_csrf"), OWN_ORIGIN))
                .hasStatus(204);
    }

    @Test
    void a_foreign_page_signs_nobody_in() {
        var email = newEmail();
        register(email);
        assertProblem(
                http.post()
                        .uri("/api/v1/auth/login")
                        .header("Host", HOST)
                        .header("Origin", "https://evil.example")
                        .contentType("application/json")
                        .content(json.writeValueAsString(
                                Map.of("email", email, "password", PASSWORD, "session", "cookie")))
                        .exchange(),
                403,
                "csrf");
    }

    @Test
    void signing_out_clears_the_cookies() {
        var email = newEmail();
        register(email);
        var cookies = cookieSignIn(email).getResponse().getCookies();
        var forged = http.post()
                .uri("/api/v1/auth/logout")
                .header("Host", HOST)
                .cookie(cookies)
                .exchange();
        assertProblem(forged, 403, "csrf");
        var answer = http.post()
                .uri("/api/v1/auth/logout")
                .header("Host", HOST)
                .header("Origin", OWN_ORIGIN)
                .header("X-CSRF-Token", value(cookies, "met_csrf"))
                .cookie(cookies)
                .exchange();
        assertThat(answer).hasStatus(204);
        assertThat(answer.getResponse().getCookies())
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.getMaxAge()).isZero());
        assertProblem(http.get().uri("/api/v1/auth/me").cookie(cookies).exchange(), 401, "unauthenticated");
        assertProblem(cookieRefresh(cookies, value(cookies, "met_csrf"), OWN_ORIGIN), 401, "unauthenticated");
    }

    @Test
    void nothing_to_refresh_with_is_401() {
        assertProblem(call(HttpMethod.POST, "/api/v1/auth/refresh", null, null), 401, "unauthenticated");
        assertProblem(refresh("made up"), 401, "unauthenticated");
        assertProblem(get("/api/v1/auth/me", null), 401, "unauthenticated");
        assertProblem(get("/api/v1/auth/me", "not.a.token"), 401, "unauthenticated");
    }

    private MvcTestResult cookieSignIn(String email) {
        return post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD, "session", "cookie"));
    }

    private MvcTestResult cookieRefresh(Cookie[] cookies, String csrf, String origin) {
        var request =
                http.post().uri("/api/v1/auth/refresh").header("Host", HOST).cookie(cookies);
        if (csrf != null) {
            request.header("X-CSRF-Token", csrf);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        return request.exchange();
    }

    private static String value(Cookie[] cookies, String name) {
        for (var cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        throw new AssertionError("No cookie " + name);
    }
}
