package io.mealexpense.edge.metrics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where metrics are served.
 *
 * @param port of their own, 0 for any free one; absent for nowhere
 * @param address the interface that is listened on
 */
@ConfigurationProperties("meals.metrics")
public record MetricsProperties(
        @Nullable Integer port, @DefaultValue("localhost") String address) {}
