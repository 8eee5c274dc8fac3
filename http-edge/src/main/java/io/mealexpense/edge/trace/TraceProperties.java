package io.mealexpense.edge.trace;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint of a collector, by OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}; empty for nowhere
 * @param sampled share of the requests that are traced, 0 to 1
 */
@ConfigurationProperties("meals.traces")
public record TraceProperties(
        @DefaultValue("") String endpoint,
        @DefaultValue("0.1") double sampled) {}
