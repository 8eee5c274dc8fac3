package io.mealexpense.edge.problem;

import io.mealexpense.edge.trace.TraceFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} where it is sane, else that of the trace that it is part
 * of, else a new one. Whatever is logged meanwhile carries both.
 */
public final class RequestIdFilter extends OncePerRequestFilter {

    public static final String HEADER = "X-Request-Id";
    public static final String MDC_KEY = "requestId";

    /** Of the trace (https://www.w3.org/TR/trace-context/) that somebody in front of this process began. */
    public static final String TRACE_MDC_KEY = "traceId";

    private static final String TRACE_HEADER = "traceparent";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern TRACE =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var given = request.getHeader(HEADER);
        var trace = traceOf(request);
        var id = given != null && SANE.matcher(given).matches() ? given : trace.orElseGet(RequestIdFilter::newId);
        MDC.put(MDC_KEY, id);
        trace.ifPresent(it -> MDC.put(TRACE_MDC_KEY, it));
        response.setHeader(HEADER, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(MDC_KEY);
            MDC.remove(TRACE_MDC_KEY);
        }
    }

    private static Optional<String> traceOf(HttpServletRequest request) {
        var ours = (String) request.getAttribute(TraceFilter.TRACE_ID);
        if (ours != null) {
            return Optional.of(ours);
        }
        return Optional.ofNullable(request.getHeader(TRACE_HEADER))
                .map(TRACE::matcher)
                .filter(Matcher::matches)
                .map(header -> header.group(1));
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
