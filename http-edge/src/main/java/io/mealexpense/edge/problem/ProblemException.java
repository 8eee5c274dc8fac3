package io.mealexpense.edge.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A refusal at the edge, before the business is asked; ends as {@link Problem}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final transient HttpHeaders headers = new HttpHeaders();

    public ProblemException(ProblemType type, @Nullable String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    public ProblemException(ProblemType type, @Nullable String detail) {
        this(type, detail, List.of());
    }

    public static ProblemException invalid(String field, String message) {
        return new ProblemException(
                ProblemType.VALIDATION, "%s: %s".formatted(field, message), List.of(new FieldError(field, message)));
    }

    /** Names everything that is wrong, the first three in words too. */
    public static ProblemException invalid(List<FieldError> errors) {
        var detail = errors.stream()
                .limit(3)
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; "));
        return new ProblemException(ProblemType.VALIDATION, detail, errors);
    }

    public static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, null);
    }

    /** Adds a header to the answer, such as {@code Retry-After}. */
    public ProblemException header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public HttpHeaders headers() {
        return headers;
    }
}
