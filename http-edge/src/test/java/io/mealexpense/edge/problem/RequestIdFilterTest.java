package io.mealexpense.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestIdFilterTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    /** What the log says meanwhile. */
    private Map<String, String> during(@Nullable String requestId, @Nullable String traceparent)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/");
        if (requestId != null) {
            request.addHeader("X-Request-Id", requestId);
        }
        if (traceparent != null) {
            request.addHeader("traceparent", traceparent);
        }
        var seen = new AtomicReference<Map<String, String>>();
        new RequestIdFilter().doFilter(request, response, (asked, answered) -> seen.set(MDC.getCopyOfContextMap()));
        assertThat(MDC.get(RequestIdFilter.MDC_KEY)).as("afterwards").isNull();
        assertThat(MDC.get(RequestIdFilter.TRACE_MDC_KEY)).as("afterwards").isNull();
        return Objects.requireNonNull(seen.get());
    }

    @Test
    void the_caller_may_name_a_request() throws Exception {
        assertThat(during("my-request-7", PARENT))
                .containsEntry("requestId", "my-request-7")
                .containsEntry("traceId", TRACE);
        assertThat(response.getHeader("X-Request-Id")).isEqualTo("my-request-7");
    }

    @Test
    void one_that_nobody_names_is_named_by_its_trace() throws Exception {
        assertThat(during(null, PARENT)).containsEntry("requestId", TRACE).containsEntry("traceId", TRACE);
        assertThat(response.getHeader("X-Request-Id")).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-\"},{\"-00f067aa0ba902b7-01"
            })
    void what_is_no_trace_is_not_believed(String traceparent) throws Exception {
        var seen = during("in\nsane", traceparent);
        assertThat(seen).doesNotContainKey("traceId");
        assertThat(seen.get("requestId")).matches("[0-9a-f]{32}");
    }
}
