package io.mealexpense.edge.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Begins the steps of traces; without a collector there are none, and nothing is done for them. */
public final class Traces implements AutoCloseable {

    /** Shape of the header and of what events keep: https://www.w3.org/TR/trace-context/#traceparent-header. */
    private static final Pattern PARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

    private static final String SCOPE = "io.mealexpense";
    private static final Duration EXPORT = Duration.ofSeconds(5);

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    /**
     * @param service the process, as it is called in traces
     */
    public Traces(TraceProperties properties, String service) {
        if (properties.endpoint().isBlank()) {
            provider = null;
            tracer = null;
            return;
        }
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(properties.endpoint())
                .setTimeout(EXPORT)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
                .setSampler(new OurSampler(properties.sampled()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        tracer = provider.get(SCOPE);
    }

    /** No step of any trace. */
    public static Traces none() {
        return new Traces(new TraceProperties("", 0), "none");
    }

    public boolean areKept() {
        return tracer != null;
    }

    /** What somebody asked for, as part of the trace that they name. */
    Span request(@Nullable String traceparent) {
        return begin("request", SpanKind.SERVER, parent(traceparent));
    }

    /** What follows from what an event's own request did. */
    public Span following(String name, String traceparent) {
        return begin(name, SpanKind.CONSUMER, parent(traceparent));
    }

    private Span begin(String name, SpanKind kind, Context parent) {
        return tracer == null
                ? Span.getInvalid()
                : tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan();
    }

    /** Does the work as a step of the current trace. */
    public <T> T step(String name, Supplier<T> work) {
        if (tracer == null || !Span.current().getSpanContext().isSampled()) {
            return work.get();
        }
        var span = begin(name, SpanKind.INTERNAL, Context.current());
        try (var scope = span.makeCurrent()) {
            return work.get();
        } catch (RuntimeException failure) {
            // the class says enough; messages may quote what people typed
            span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
            throw failure;
        } finally {
            span.end();
        }
    }

    /** The step that is under way, if it is kept, for whoever goes on with it later. */
    public static Optional<String> current() {
        var context = Span.current().getSpanContext();
        return context.isSampled()
                ? Optional.of("00-%s-%s-01".formatted(context.getTraceId(), context.getSpanId()))
                : Optional.empty();
    }

    private static Context parent(@Nullable String traceparent) {
        var matcher = traceparent == null ? null : PARENT.matcher(traceparent);
        if (matcher == null || !matcher.matches()) {
            return Context.root();
        }
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        matcher.group(1),
                        matcher.group(2),
                        TraceFlags.fromHex(matcher.group(3), 0),
                        TraceState.getDefault())));
    }

    /** What was not sent yet is sent. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(EXPORT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
