package io.mealexpense.edge.problem;

import java.net.URI;
import org.springframework.http.HttpStatus;

/** Every kind of refusal there is; the slug is stable, clients branch on it. */
public enum ProblemType {
    VALIDATION(HttpStatus.BAD_REQUEST, "Some of what was sent is not valid"),
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not valid JSON"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Sign in first"),
    BAD_CREDENTIALS(HttpStatus.UNAUTHORIZED, "E-mail address or password is wrong"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Your role does not allow this"),
    CSRF(HttpStatus.FORBIDDEN, "The request did not come from this site"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not offered here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "None of the accepted types is offered"),
    CONFLICT(HttpStatus.CONFLICT, "It conflicts with what is on record"),
    EMAIL_TAKEN(HttpStatus.CONFLICT, "An account with this e-mail address exists"),
    IDEMPOTENCY_CONFLICT(HttpStatus.CONFLICT, "The idempotency key was used for something else"),
    GONE(HttpStatus.GONE, "It is here no more"),
    ALREADY_DELETED(HttpStatus.GONE, "It was deleted before"),
    STALE_VERSION(HttpStatus.PRECONDITION_FAILED, "Someone else was faster"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This content type is not understood"),
    SPENT_IN_THE_FUTURE(HttpStatus.UNPROCESSABLE_CONTENT, "The day is too far in the future"),
    UNKNOWN_CATEGORY(HttpStatus.UNPROCESSABLE_CONTENT, "There is no such category"),
    UNKNOWN_RESTAURANT(HttpStatus.UNPROCESSABLE_CONTENT, "There is no such restaurant"),
    NOTHING_TO_IMPORT(HttpStatus.UNPROCESSABLE_CONTENT, "Nothing in the file could be read"),
    REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "A rule does not allow this"),
    VERSION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "Say which version you mean"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many attempts"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
    NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "This is not understood here"),
    HTTP_VERSION_NOT_SUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "This version of HTTP is not spoken here"),
    PROJECTION_BEHIND(HttpStatus.SERVICE_UNAVAILABLE, "The answer is not up to date yet"),
    NOT_SEALED(HttpStatus.SERVICE_UNAVAILABLE, "It is not sealed yet"),
    LOG_CLOSED(HttpStatus.SERVICE_UNAVAILABLE, "Nothing can be recorded at the moment"),
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too busy at the moment");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** {@code /problems/<slug>}, as in the {@code type} member. */
    public URI uri() {
        return URI.create(
                "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }
}
