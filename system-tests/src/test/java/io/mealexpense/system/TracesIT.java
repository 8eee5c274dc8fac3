package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.mealexpense.system.Guardian.PostgresFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A collector hears of one request, from its arrival to the rows of read models. */
class TracesIT {

    private record Step(String trace, String id, String parent, String name) {}

    private final List<Step> steps = new CopyOnWriteArrayList<>();

    @Test
    void a_trace_goes_from_the_request_by_the_command_and_the_event_to_the_read_models()
            throws IOException, InterruptedException {
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            request(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        var folder = JavaProcess.newFolder("traces");
        var data = folder.resolve("data");
        Guardian.postgres(data);
        var environment = new HashMap<>(Standalone.NO_THROTTLE);
        environment.put(
                "MEALS_TRACES_ENDPOINT",
                "http://localhost:%d/v1/traces".formatted(collector.getAddress().getPort()));
        environment.put("MEALS_TRACES_SAMPLED", "1");
        var port = JavaProcess.freePort();
        try (var product = JavaProcess.start(
                        folder,
                        "traces",
                        JavaProcess.jarOf("standalone"),
                        List.of(),
                        port,
                        environment,
                        List.of("--data-dir", data.toString(), "--port", Integer.toString(port)))
                .awaitReady()) {
            var member = Api.at(product.base()).register().api();
            var trace = UUID.randomUUID().toString().replace("-", "");
            var recorded = member.post("/expenses", Expenses.lunch("12.50"))
                    .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                    .send()
                    .expect(201);
            assertThat(recorded.header("X-Request-Id")).isEqualTo(trace);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(of(trace))
                            .containsKeys(
                                    "POST /api/v1/expenses",
                                    "RecordMealExpense",
                                    "append",
                                    "project expense-list",
                                    "project monthly-report",
                                    "project audit-trail"));
            var seen = of(trace);
            assertThat(seen.get("POST /api/v1/expenses").parent()).isEqualTo("00f067aa0ba902b7");
            var command = seen.get("RecordMealExpense");
            assertThat(command.parent())
                    .isEqualTo(seen.get("POST /api/v1/expenses").id());
            assertThat(seen.get("append").parent()).isEqualTo(command.id());
            assertThat(seen.get("project expense-list").parent()).isEqualTo(command.id());
        } finally {
            collector.stop(0);
            PostgresFolder.stop(data);
        }
        JavaProcess.delete(data);
    }

    private Map<String, Step> of(String trace) {
        var byName = new HashMap<String, Step>();
        steps.stream().filter(step -> step.trace().equals(trace)).forEach(step -> byName.put(step.name(), step));
        return byName;
    }

    /** ExportTraceServiceRequest → ResourceSpans (1) → ScopeSpans (2) → Span (2), in protobuf. */
    private void request(byte[] message) {
        each(
                message,
                (field, resourceSpans) -> each(resourceSpans, (inResource, scopeSpans) -> {
                    if (inResource == 2) {
                        each(scopeSpans, (inScope, span) -> {
                            if (inScope == 2) {
                                steps.add(step(span));
                            }
                        });
                    }
                }));
    }

    private static Step step(byte[] span) {
        var fields = new HashMap<Integer, byte[]>();
        each(span, fields::putIfAbsent);
        var hex = HexFormat.of();
        var none = new byte[0];
        return new Step(
                hex.formatHex(fields.getOrDefault(1, none)),
                hex.formatHex(fields.getOrDefault(2, none)),
                hex.formatHex(fields.getOrDefault(4, none)),
                new String(fields.getOrDefault(5, none), StandardCharsets.UTF_8));
    }

    /** Fields that have a length, others are passed over. */
    private static void each(byte[] message, BiConsumer<Integer, byte[]> field) {
        var bytes = ByteBuffer.wrap(message);
        while (bytes.hasRemaining()) {
            var tag = varint(bytes);
            switch ((int) tag & 7) {
                case 0 -> varint(bytes);
                case 1 -> bytes.position(bytes.position() + 8);
                case 5 -> bytes.position(bytes.position() + 4);
                case 2 -> {
                    var value = new byte[(int) varint(bytes)];
                    bytes.get(value);
                    field.accept((int) tag >> 3, value);
                }
                default -> throw new IllegalArgumentException("No such wire type in " + tag);
            }
        }
    }

    private static long varint(ByteBuffer bytes) {
        var value = 0L;
        for (var shift = 0; ; shift += 7) {
            var next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
