package io.mealexpense.edge.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;

/** The cookies of a browser session; under TLS they carry the {@code __Host-} prefix, which pins them to this host. */
public final class SessionCookies {

    public static final String ACCESS = "met_access";
    public static final String REFRESH = "met_refresh";
    public static final String CSRF = "met_csrf";
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private SessionCookies() {}

    public static String nameOf(String cookie, boolean secure) {
        return secure ? "__Host-" + cookie : cookie;
    }

    public static Optional<String> read(HttpServletRequest request, String cookie) {
        var name = nameOf(cookie, request.isSecure());
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(it -> it.getName().equals(name))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
