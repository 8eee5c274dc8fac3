package io.mealexpense.query.projections;

import io.mealexpense.edge.metrics.Reading;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.eventstream.QueryMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What operators see of projections, as metrics. */
@Component
final class ProjectionMeters implements MeterBinder {

    private final List<Projection> projections;
    private final Reading<Map<String, Projections.Status>> status;

    ProjectionMeters(List<Projection> projections, ProjectionQueries queries) {
        this.projections = projections;
        this.status = new Reading<>(
                "projections",
                () -> queries.status().items().stream()
                        .collect(Collectors.toMap(Projections.Status::name, Function.identity())));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var projection : projections) {
            var group = projection.group();
            gauge(registry, QueryMeters.POSITION, "Last position that its rows contain", group, it -> it.position());
            gauge(registry, QueryMeters.LAG_EVENTS, "Events behind the log", group, it -> it.lagEvents());
            gauge(registry, QueryMeters.LAG_SECONDS, "How long the oldest of them waits", group, it -> it.lagSeconds());
            gauge(
                    registry,
                    QueryMeters.DEAD_LETTERS,
                    "Events that the projection put aside and nobody discarded",
                    group,
                    it -> it.deadLetters());
            for (var state : Projections.State.values()) {
                Gauge.builder(QueryMeters.STATE, () -> number(group, it -> it.state() == state ? 1 : 0))
                        .description("1 for what the projection is doing")
                        .tag("projection", group)
                        .tag("state", state.code())
                        .register(registry);
            }
        }
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            String group,
            ToDoubleFunction<Projections.Status> part) {
        Gauge.builder(name, () -> number(group, part))
                .description(description)
                .tag("projection", group)
                .register(registry);
    }

    /** Not a number before the projection has a token. */
    private double number(String group, ToDoubleFunction<Projections.Status> part) {
        return status.number(all -> {
            var one = all.get(group);
            return one == null ? Double.NaN : part.applyAsDouble(one);
        });
    }
}
