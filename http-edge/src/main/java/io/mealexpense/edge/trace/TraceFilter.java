package io.mealexpense.edge.trace;

import io.opentelemetry.api.trace.StatusCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Makes a request a step of its trace, or the first one. */
public final class TraceFilter extends OncePerRequestFilter {

    /** Attribute of requests: the id of the trace, kept or not. */
    public static final String TRACE_ID = TraceFilter.class.getName() + ".traceId";

    private final Traces traces;

    public TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!traces.areKept()) {
            chain.doFilter(request, response);
            return;
        }
        var span = traces.request(request.getHeader("traceparent"));
        request.setAttribute(TRACE_ID, span.getSpanContext().getTraceId());
        try (var scope = span.makeCurrent()) {
            chain.doFilter(request, response);
        } finally {
            // the pattern, never the path: what people ask for is theirs
            var route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            span.updateName(route == null ? request.getMethod() : request.getMethod() + " " + route);
            span.setAttribute("http.request.method", request.getMethod());
            span.setAttribute("http.response.status_code", (long) response.getStatus());
            if (response.getStatus() >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
