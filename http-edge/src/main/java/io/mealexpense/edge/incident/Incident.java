package io.mealexpense.edge.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A line of level ERROR, without anything that people may have typed: neither what was put into its text nor what its
 * exceptions say.
 *
 * @param template the text, with {@code {}} where something was put in
 * @param ids of request, trace and account, where they are known
 * @param causes the exception and its causes, the outermost first
 */
public record Incident(Instant at, String logger, String template, Map<String, String> ids, List<Cause> causes) {

    /**
     * One exception.
     *
     * @param type class
     * @param frames the innermost first
     */
    public record Cause(String type, List<StackTraceElement> frames) {}

    /** Alike for incidents that have the same reason. */
    String reason() {
        return logger
                + '\n'
                + template
                + '\n'
                + causes.stream().map(Cause::type).toList();
    }
}
