package io.mealexpense.edge.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** Tomcat's own refusals (a malformed request line, headers too large) as problem+json instead of its HTML page. */
public final class ContainerProblems extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ContainerProblems.class);

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        var status = isCutOff(request) ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.reset();
            if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            Problems.write(response, typeOf(status), null, List.of());
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            log.debug("The client went away", gone);
        }
    }

    /**
     * Whether it is a request whose headers were not read any more because the server began to shut down. Tomcat
     * decides for 503 and then finds that there is no {@code Host}, which makes it a 400.
     */
    private static boolean isCutOff(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol
                && protocol.isPaused()
                && request.getCoyoteRequest().getMimeHeaders().size() == 0;
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
