package io.mealexpense.edge.security;

import io.mealexpense.edge.metrics.ActiveMembers;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the token once, from the Authorization header or, failing that, the session cookie, into an {@link Actor}. */
final class ActorFilter extends OncePerRequestFilter {

    /** Says in the log whose request it was. */
    static final String MDC_KEY = "accountId";

    private static final String BEARER = "Bearer ";

    /** By then a publisher that was replaced is back, and another one answers at once. */
    private static final String RETRY_AFTER_SECONDS = "2";

    private final AccessTokens tokens;
    private final ActiveMembers activeMembers;

    ActorFilter(AccessTokens tokens, ActiveMembers activeMembers) {
        this.tokens = tokens;
        this.activeMembers = activeMembers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Actor> actor;
        try {
            actor = actor(request);
        } catch (KeysUnavailableException unavailable) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            Problems.write(
                    response, ProblemType.BUSY, "Who you are cannot be checked at the moment. Try again.", List.of());
            return;
        }
        if (actor.isPresent()
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && !CrossSiteGuard.harmless(request)
                && !CrossSiteGuard.ownPage(request)) {
            Problems.write(response, ProblemType.CSRF, null, List.of());
            return;
        }
        actor.map(Actor::accountId).ifPresent(activeMembers::saw);
        actor.map(it -> it.on(Device.of(request).orElse(null)))
                .map(ActorAuthentication::new)
                .ifPresent(authentication -> {
                    var context = SecurityContextHolder.createEmptyContext();
                    context.setAuthentication(authentication);
                    SecurityContextHolder.setContext(context);
                });
        actor.map(Actor::accountId).map(UUID::toString).ifPresent(id -> MDC.put(MDC_KEY, id));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(MDC_KEY);
        }
    }

    private Optional<Actor> actor(HttpServletRequest request) {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return SessionCookies.read(request, SessionCookies.ACCESS).flatMap(token -> tokens.verify(token, "web"));
        }
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.verify(authorization.substring(BEARER.length()).strip(), "api")
                : Optional.empty();
    }
}
