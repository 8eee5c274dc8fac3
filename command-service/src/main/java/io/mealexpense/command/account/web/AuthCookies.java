package io.mealexpense.command.account.web;

import io.mealexpense.command.account.Secrets;
import io.mealexpense.command.account.Sessions.Tokens;
import io.mealexpense.edge.security.SessionCookies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The cookies of a browser session. */
final class AuthCookies {

    private static final String EVERYWHERE = "/";

    /** Nobody else needs to see it; but {@code __Host-} cookies must be of the whole host. */
    private static final String AUTH_ONLY = "/api/v1/auth";

    private AuthCookies() {}

    /** A new page token where there is none yet; other tabs go on with the one they have. */
    static HttpHeaders of(Tokens tokens, HttpServletRequest request) {
        var csrf = SessionCookies.read(request, SessionCookies.CSRF).orElseGet(Secrets::token);
        return headers(
                request,
                tokens.accessToken(),
                tokens.accessLifetime(),
                tokens.refreshToken(),
                csrf,
                tokens.refreshLifetime());
    }

    static HttpHeaders none(HttpServletRequest request) {
        return headers(request, "", Duration.ZERO, "", "", Duration.ZERO);
    }

    private static HttpHeaders headers(
            HttpServletRequest request,
            String access,
            Duration accessLifetime,
            String refresh,
            String csrf,
            Duration lifetime) {
        var headers = new HttpHeaders();
        add(headers, cookie(SessionCookies.ACCESS, access, request, EVERYWHERE, true, accessLifetime));
        add(
                headers,
                cookie(
                        SessionCookies.REFRESH,
                        refresh,
                        request,
                        request.isSecure() ? EVERYWHERE : AUTH_ONLY,
                        true,
                        lifetime));
        add(headers, cookie(SessionCookies.CSRF, csrf, request, EVERYWHERE, false, lifetime));
        return headers;
    }

    private static void add(HttpHeaders headers, ResponseCookie cookie) {
        headers.add(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private static ResponseCookie cookie(
            String name, String value, HttpServletRequest request, String path, boolean httpOnly, Duration lifetime) {
        return ResponseCookie.from(SessionCookies.nameOf(name, request.isSecure()), value)
                .path(path)
                .httpOnly(httpOnly)
                .secure(request.isSecure())
                .sameSite("Strict")
                .maxAge(lifetime)
                .build();
    }
}
