package io.mealexpense.edge.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat's own refusals (a malformed request line, headers too large) as problem+json instead of its HTML page. */
public final class ContainerProblems extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ContainerProblems.class);

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.reset();
            var type = typeOf(status);
            Problems.write(response, type, null, List.of());
            response.setStatus(
                    type == ProblemType.VALIDATION ? 400 : type.status().value());
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            log.debug("The client went away", gone);
        }
    }

    /** A request line that cannot be read is taken for HTTP/0.9, which is answered without status line and headers. */
    private static void writeWhole(Response response, ProblemType type) throws IOException {
        var body = Problems.bytes(Problem.of(type, "The request line could not be read.", List.of()));
        var head = "HTTP/1.1 %d \r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(type.status().value(), Problem.MEDIA_TYPE, body.length);
        response.setStatus(type.status().value());
        response.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        response.getOutputStream().write(body);
    }

    static ProblemType typeOf(int status) {
        return switch (status) {
            case 401 -> ProblemType.UNAUTHENTICATED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 501 -> ProblemType.NOT_IMPLEMENTED;
            case 505 -> ProblemType.HTTP_VERSION_NOT_SUPPORTED;
            case 503 -> ProblemType.BUSY;
            default -> status < 500 ? ProblemType.VALIDATION : ProblemType.INTERNAL;
        };
    }
}
