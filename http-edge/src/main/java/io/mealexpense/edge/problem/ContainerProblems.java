package io.mealexpense.edge.problem;

import java.io.IOException;
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
            Problems.write(response, typeOf(status), null, List.of());
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            log.debug("The client went away", gone);
        }
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
