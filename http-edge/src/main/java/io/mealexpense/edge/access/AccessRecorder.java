package io.mealexpense.edge.access;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.RequestIdFilter;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.ActorAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes watched reads into {@code audit.access_log}, in a commit of its own, before anything is answered. A read that
 * cannot be written down is refused: whoever watches others is watched, or does not watch.
 */
public final class AccessRecorder implements HandlerInterceptor {

    /** Its place among interceptors: what nobody would have been told, because of their role, is not worth a line. */
    public static final int AFTER_ROLES = 200;

    private static final String INSERT = """
            INSERT INTO audit.access_log (account_id, roles, client, route, path, filter, trace_id)
            VALUES (?, ?, ?, ?, ?, ?::json, ?)
            """;

    private static final Logger log = LoggerFactory.getLogger(AccessRecorder.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataSource dataSource;
    private final String handlers;
    private final BiPredicate<Actor, HttpServletRequest> watched;

    /**
     * For one of the two sides.
     *
     * @param dataSource of a role that may insert there; each statement commits
     * @param handlers what the packages of the side's controllers begin with
     * @param watched which of its requests are written down
     */
    public AccessRecorder(DataSource dataSource, String handlers, BiPredicate<Actor, HttpServletRequest> watched) {
        this.dataSource = dataSource;
        this.handlers = handlers;
        this.watched = watched;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith(handlers)
                && SecurityContextHolder.getContext().getAuthentication() instanceof ActorAuthentication authentication
                && watched.test(authentication.getPrincipal(), request)) {
            record(authentication.getPrincipal(), request);
        }
        return true;
    }

    private void record(Actor actor, HttpServletRequest request) {
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, actor.accountId());
            insert.setString(2, actor.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(",")));
            insert.setString(3, actor.client());
            insert.setString(4, String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
            insert.setString(5, request.getRequestURI());
            insert.setString(6, JSON.writeValueAsString(new TreeMap<>(request.getParameterMap())));
            insert.setString(7, Objects.requireNonNullElse(MDC.get(RequestIdFilter.MDC_KEY), "none"));
            insert.executeUpdate();
        } catch (SQLException failure) {
            log.error("A read could not be written into the access log and is refused", failure);
            throw new ProblemException(
                            ProblemType.BUSY,
                            "This read cannot be written into the access log at the moment, so it is not answered.")
                    .header(HttpHeaders.RETRY_AFTER, "5");
        }
    }
}
