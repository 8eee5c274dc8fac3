package io.mealexpense.edge.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.validation.BindException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Tells what the framework refuses, and everything nobody foresaw, the way the rest of the product does. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class EdgeProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(EdgeProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> handle(ProblemException refused) {
        return Problems.answer(refused.type(), refused.getMessage(), refused.errors(), refused.headers());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(BindException invalid) {
        var errors = invalid.getBindingResult().getAllErrors().stream()
                .map(error -> new FieldError(
                        error instanceof org.springframework.validation.FieldError field
                                ? field.getField()
                                : error.getObjectName(),
                        String.valueOf(error.getDefaultMessage())))
                .sorted(java.util.Comparator.comparing(FieldError::field))
                .toList();
        return invalid(errors);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(HandlerMethodValidationException invalid) {
        var errors = new ArrayList<FieldError>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            for (var error : result.getResolvableErrors()) {
                var field = error instanceof org.springframework.validation.FieldError it
                        ? it.getField()
                        : String.valueOf(result.getMethodParameter().getParameterName());
                errors.add(new FieldError(field, String.valueOf(error.getDefaultMessage())));
            }
        }
        return invalid(errors);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(ConstraintViolationException invalid) {
        return invalid(invalid.getConstraintViolations().stream()
                .map(violation -> new FieldError(violation.getPropertyPath().toString(), violation.getMessage()))
                .toList());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(HttpMessageNotReadableException unreadable) {
        var tooLarge = tooLarge(unreadable);
        if (tooLarge.isPresent()) {
            return handle(tooLarge.get());
        }
        return switch (unreadable.getCause()) {
            case InputCoercionException number ->
                invalid(List.of(new FieldError(path(number), "has the wrong type or format")));
            case StreamReadException broken ->
                Problems.answer(
                        ProblemType.MALFORMED_JSON,
                        "Line %d, column %d: %s"
                                .formatted(
                                        broken.getLocation().getLineNr(),
                                        broken.getLocation().getColumnNr(),
                                        broken.getOriginalMessage()));
            case UnrecognizedPropertyException unknown ->
                invalid(List.of(new FieldError(path(unknown), "is not a known property")));
            case JacksonException mismatch -> invalid(List.of(new FieldError(path(mismatch), said(mismatch))));
            case null, default -> Problems.answer(ProblemType.MALFORMED_JSON, "A JSON body is expected.");
        };
    }

    private static String said(JacksonException mismatch) {
        return mismatch instanceof NotStorableException notStorable
                ? notStorable.getOriginalMessage()
                : "has the wrong type or format";
    }

    private static String path(JacksonException failure) {
        var path = failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() != null ? "." + step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MethodArgumentTypeMismatchException mismatch) {
        return invalid(List.of(new FieldError(mismatch.getName(), "has the wrong type or format")));
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MissingServletRequestParameterException missing) {
        return invalid(List.of(new FieldError(missing.getParameterName(), "is required")));
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MissingServletRequestPartException missing) {
        return invalid(List.of(new FieldError(missing.getRequestPartName(), "is required")));
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MissingRequestValueException missing) {
        return Problems.answer(ProblemType.VALIDATION, missing.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(InvalidParameterException unreadable) {
        return Problems.answer(ProblemType.VALIDATION, "The parameters could not be read.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MaxUploadSizeExceededException tooLarge) {
        return Problems.answer(ProblemType.TOO_LARGE, "The file is larger than is taken here.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MultipartException broken) {
        return Problems.answer(ProblemType.VALIDATION, "The multipart body could not be read.");
    }

    /** Also what a reader that reads past {@link BodyLimitFilter}'s limit runs into. */
    @ExceptionHandler
    ResponseEntity<Problem> handle(BodyLimitFilter.BodyTooLargeException tooLarge) {
        return Problems.answer(ProblemType.TOO_LARGE, tooLarge.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(AccessDeniedException denied) {
        return Problems.answer(ProblemType.FORBIDDEN, null);
    }

    @ExceptionHandler
    void handle(AsyncRequestNotUsableException gone) {
        log.debug("The client went away", gone);
    }

    /** Everything else: what Spring itself refuses has a status; the rest is a bug of ours and says nothing of itself. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> handle(Exception failure, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("The client went away", failure);
            return null;
        }
        if (failure instanceof ErrorResponse refused && refused.getStatusCode().is4xxClientError()) {
            var headers = new HttpHeaders();
            headers.putAll(refused.getHeaders());
            headers.remove(HttpHeaders.CONTENT_TYPE);
            return Problems.answer(typeOf(refused.getStatusCode().value(), failure), null, List.of(), headers);
        }
        var tooLarge = tooLarge(failure);
        if (tooLarge.isPresent()) {
            return handle(tooLarge.get());
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return Problems.answer(
                ProblemType.INTERNAL, "The request was not carried out. The trace id helps us find out why.");
    }

    private static Optional<BodyLimitFilter.BodyTooLargeException> tooLarge(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(BodyLimitFilter.BodyTooLargeException.class::isInstance)
                .map(BodyLimitFilter.BodyTooLargeException.class::cast)
                .findFirst();
    }

    private static ProblemType typeOf(int status, Exception failure) {
        if (failure instanceof HttpMediaTypeException && status == HttpStatus.NOT_ACCEPTABLE.value()) {
            return ProblemType.NOT_ACCEPTABLE;
        }
        return switch (status) {
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            default -> ProblemType.VALIDATION;
        };
    }

    private ResponseEntity<Problem> invalid(List<FieldError> errors) {
        return handle(ProblemException.invalid(errors));
    }
}
