package io.mealexpense.edge.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** Whether a request that changes something and comes with cookies really came from the product's own pages. */
public final class CrossSiteGuard {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private CrossSiteGuard() {}

    public static boolean harmless(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    /** The header repeats the cookie, which a foreign page cannot read, and the Origin is the host that was asked. */
    public static boolean ownPage(HttpServletRequest request) {
        var sent = request.getHeader(SessionCookies.CSRF_HEADER);
        var cookie = SessionCookies.read(request, SessionCookies.CSRF);
        return sent != null
                && cookie.isPresent()
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), cookie.get().getBytes(StandardCharsets.UTF_8))
                && ownOrigin(request);
    }

    /** A page of somebody else's site asks; programs, which send no Origin, do not count. */
    public static boolean foreignOrigin(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ORIGIN) != null && !ownOrigin(request);
    }

    private static boolean ownOrigin(HttpServletRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        try {
            var uri = URI.create(origin);
            return uri.getAuthority() != null
                    && uri.getAuthority().equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }
}
