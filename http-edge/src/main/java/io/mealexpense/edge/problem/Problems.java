package io.mealexpense.edge.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems, inside a controller's answer and outside of Spring's reach. */
public final class Problems {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Problems() {}

    public static ResponseEntity<Problem> answer(ProblemType type, @Nullable String detail) {
        return answer(type, detail, List.of(), HttpHeaders.EMPTY);
    }

    public static ResponseEntity<Problem> answer(
            ProblemType type, @Nullable String detail, List<FieldError> errors, HttpHeaders headers) {
        return ResponseEntity.status(type.status())
                .headers(headers)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(type, detail, errors));
    }

    /** Writes the problem to a raw response, for filters. */
    public static void write(
            HttpServletResponse response, ProblemType type, @Nullable String detail, List<FieldError> errors)
            throws IOException {
        var body = bytes(Problem.of(type, detail, errors));
        response.setStatus(type.status().value());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static byte[] bytes(Problem problem) {
        return JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
    }
}
