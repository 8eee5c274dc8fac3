package io.mealexpense.edge.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves metrics on a port of its own, and nothing else there: whoever routes people to the other port opens nothing by
 * mistake. It has threads of its own too, so that it answers while every thread of the other one is taken.
 */
public final class MetricsPort extends OncePerRequestFilter {

    /** Of the page, for Prometheus. */
    public static final String PATH = "/actuator/prometheus";

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    /** Without a wish of the caller's. */
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    private final Optional<Connector> connector;
    private final ObjectProvider<PrometheusMeterRegistry> registry;

    public MetricsPort(MetricsProperties properties, ObjectProvider<PrometheusMeterRegistry> registry) {
        this.registry = registry;
        this.connector = Optional.ofNullable(properties.port()).map(port -> connector(port, properties.address()));
    }

    private static Connector connector(int port, String address) {
        var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setProperty("address", address);
        connector.setProperty("maxThreads", "2");
        connector.setProperty("minSpareThreads", "1");
        connector.setProperty("maxConnections", "16");
        return connector;
    }

    /** What the web server has to listen with as well, if anybody wants metrics. */
    public Optional<Connector> connector() {
        return connector;
    }

    /** The one that is listened on, −1 for none. */
    public int port() {
        return connector.map(Connector::getLocalPort).orElse(-1);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getLocalPort() != port()) {
            chain.doFilter(request, response);
        } else if (request.getRequestURI().equals(PATH) && METHODS.contains(request.getMethod())) {
            write(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var meters = registry.getIfAvailable();
        if (meters == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        var accepted = request.getHeader(HttpHeaders.ACCEPT);
        var isOpenMetrics = accepted != null && accepted.contains("application/openmetrics-text");
        var type = isOpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : PLAIN;
        var page = new ByteArrayOutputStream(64 * 1024);
        meters.scrape(page, type);
        response.setContentType(type);
        response.setContentLength(page.size());
        page.writeTo(response.getOutputStream());
    }
}
