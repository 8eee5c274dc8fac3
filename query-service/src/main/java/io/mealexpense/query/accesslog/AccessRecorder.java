package io.mealexpense.query.accesslog;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.RequestIdFilter;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.ActorAuthentication;
import io.mealexpense.edge.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what an auditor asks for, and whoever asks for an audit page, before anything is answered. A read that
 * cannot be written down is refused: whoever watches others is watched, or does not watch.
 */
@Component
class AccessRecorder implements HandlerInterceptor {

    /** What is written down whoever asks. */
    private static final String AUDIT = "/api/v1/audit/";

    private static final Logger log = LoggerFactory.getLogger(AccessRecorder.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    AccessRecorder(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("io.mealexpense.query.")
                && SecurityContextHolder.getContext().getAuthentication()
                        instanceof ActorAuthentication authentication) {
            var actor = authentication.getPrincipal();
            if (actor.has(Role.AUDITOR) || request.getRequestURI().startsWith(AUDIT)) {
                record(actor, request);
            }
        }
        return true;
    }

    private void record(Actor actor, HttpServletRequest request) {
        try {
            jdbc.sql("""
                            INSERT INTO audit.access_log (account_id, roles, client, route, path, filter, trace_id)
                            VALUES (?, ?, ?, ?, ?, ?::json, ?)
                            """)
                    .params(
                            actor.accountId(),
                            actor.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
                            actor.client(),
                            String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)),
                            request.getRequestURI(),
                            JSON.writeValueAsString(new TreeMap<>(request.getParameterMap())),
                            Objects.requireNonNullElse(MDC.get(RequestIdFilter.MDC_KEY), "none"))
                    .update();
        } catch (DataAccessException failure) {
            log.error("A read could not be written into the access log and is refused", failure);
            throw new ProblemException(
                            ProblemType.BUSY,
                            "This read cannot be written into the access log at the moment, so it is not answered.")
                    .header(HttpHeaders.RETRY_AFTER, "5");
        }
    }
}
