package io.mealexpense.edge.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A refusal as clients see it (RFC 9457).
 *
 * @param type {@code /problems/<slug>}
 * @param detail what happened this time, never an internal of ours
 * @param traceId finds the request in the logs
 * @param errors which fields and why, where fields are to blame
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        String traceId,
        @Nullable List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemType type, @Nullable String detail, List<FieldError> errors) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status().value(),
                detail == null ? type.title() + "." : detail,
                Objects.requireNonNullElseGet(MDC.get(RequestIdFilter.MDC_KEY), RequestIdFilter::newId),
                errors);
    }
}
