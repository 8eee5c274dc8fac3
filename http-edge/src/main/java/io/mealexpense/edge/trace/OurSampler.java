package io.mealexpense.edge.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** A request is kept by our share, whatever its caller wishes; what follows from it is kept if it was. */
final class OurSampler implements Sampler {

    private final Sampler share;

    OurSampler(double sampled) {
        this.share = Sampler.traceIdRatioBased(sampled);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        if (kind == SpanKind.SERVER) {
            return share.shouldSample(parent, traceId, name, kind, attributes, links);
        }
        return Span.fromContext(parent).getSpanContext().isSampled()
                ? SamplingResult.recordAndSample()
                : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "our share of requests, and what follows from them";
    }
}
