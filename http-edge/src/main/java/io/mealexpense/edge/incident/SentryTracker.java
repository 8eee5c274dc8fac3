package io.mealexpense.edge.incident;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks Sentry's protocol (https://develop.sentry.dev/sdk/foundations/transport/envelopes/): one incident an envelope, from
 * a thread of its own. The same reason is told once a minute, a queue that is full takes no more, and what cannot be
 * delivered is dropped: the log has it all.
 */
final class SentryTracker implements IncidentTracker, AutoCloseable {

    private static final int QUEUE = 100;
    private static final Duration SAME = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** After 429 without a word on how long. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Logger log = LoggerFactory.getLogger(SentryTracker.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI endpoint;
    private final String authorization;
    private final String service;
    private final String environment;
    private final BlockingQueue<Incident> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, Long> toldAt = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Thread thread;
    private volatile boolean closed;
    private long restsUntil = System.nanoTime();

    /** @throws IllegalArgumentException if the DSN is none */
    SentryTracker(IncidentProperties properties, String service) {
        var dsn = URI.create(properties.dsn());
        var path = dsn.getPath() == null ? "" : dsn.getPath();
        var project = path.substring(path.lastIndexOf('/') + 1);
        if (dsn.getHost() == null || dsn.getUserInfo() == null || project.isEmpty()) {
            throw new IllegalArgumentException("MEALS_SENTRY_DSN is no https://<key>@<host>/<project>");
        }
        var port = dsn.getPort() < 0 ? "" : ":" + dsn.getPort();
        var prefix = path.substring(0, path.lastIndexOf('/'));
        this.endpoint = URI.create(
                "%s://%s%s%s/api/%s/envelope/".formatted(dsn.getScheme(), dsn.getHost(), port, prefix, project));
        this.authorization = "Sentry sentry_version=7, sentry_client=meals/1, sentry_key="
                + dsn.getUserInfo().split(":", 2)[0];
        this.service = service;
        this.environment = properties.environment();
        this.thread = Thread.ofPlatform().name("incidents").daemon().start(this::run);
    }

    @Override
    public void report(Incident incident) {
        if (!queue.offer(incident)) {
            log.debug("Too many incidents at once; one is in the log only");
        }
    }

    private void run() {
        while (!closed || !queue.isEmpty()) {
            try {
                var incident = queue.poll(1, TimeUnit.SECONDS);
                if (incident != null && isNews(incident)) {
                    send(incident);
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private boolean isNews(Incident incident) {
        var now = System.nanoTime();
        toldAt.values().removeIf(at -> now - at > SAME.toNanos());
        return now - restsUntil >= 0 && toldAt.putIfAbsent(incident.reason(), now) == null;
    }

    private void send(Incident incident) throws InterruptedException {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-sentry-envelope")
                .header("X-Sentry-Auth", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(envelope(incident)))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() == TOO_MANY_REQUESTS) {
                restsUntil = System.nanoTime() + REST.toNanos();
            } else if (answer.statusCode() >= 400) {
                log.warn("An incident was not taken: {}", answer.statusCode());
            }
        } catch (IOException unreachable) {
            log.warn("An incident could not be told: {}", unreachable.toString());
        }
    }

    private String envelope(Incident incident) {
        var id = UUID.randomUUID().toString().replace("-", "");
        return String.join(
                "\n",
                JSON.writeValueAsString(
                        Map.of("event_id", id, "sent_at", incident.at().toString())),
                JSON.writeValueAsString(Map.of("type", "event")),
                JSON.writeValueAsString(event(id, incident)),
                "");
    }

    private Map<String, Object> event(String id, Incident incident) {
        var event = new HashMap<String, Object>();
        event.put("event_id", id);
        event.put("timestamp", incident.at().toString());
        event.put("platform", "java");
        event.put("level", "error");
        event.put("logger", incident.logger());
        event.put("environment", environment);
        event.put("tags", tags(incident));
        event.put("logentry", Map.of("message", incident.template()));
        var account = incident.ids().get("accountId");
        if (account != null) {
            event.put("user", Map.of("id", account));
        }
        if (!incident.causes().isEmpty()) {
            // Sentry wants the outermost last
            event.put(
                    "exception",
                    Map.of(
                            "values",
                            incident.causes().reversed().stream()
                                    .map(SentryTracker::exception)
                                    .toList()));
        }
        return event;
    }

    private Map<String, String> tags(Incident incident) {
        var tags = new HashMap<>(Map.of("service", service));
        for (var id : List.of("requestId", "traceId")) {
            var value = incident.ids().get(id);
            if (value != null) {
                tags.put(id, value);
            }
        }
        return tags;
    }

    private static Map<String, Object> exception(Incident.Cause cause) {
        var frames = new ArrayList<Map<String, Object>>();
        for (var frame : cause.frames().reversed()) {
            frames.add(Map.of(
                    "module", frame.getClassName(),
                    "function", frame.getMethodName(),
                    "lineno", Math.max(0, frame.getLineNumber()),
                    "in_app", frame.getClassName().startsWith("io.mealexpense.")));
        }
        return Map.of("type", cause.type(), "stacktrace", Map.of("frames", frames));
    }

    /** What waits is still told, if that is quick. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(PATIENCE.toMillis());
    }
}
