package io.mealexpense.query.rebuild;

import io.mealexpense.edge.metrics.Reading;
import io.mealexpense.query.eventstream.QueryMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the rebuild is that is under way: one runs at a time, whichever instance runs it. */
@Component
final class RebuildMeters implements MeterBinder {

    private static final String UNFINISHED = """
            SELECT r.state, r.decision, r.started_at IS NOT NULL AS begun,
                   coalesce(copy.position, r.events_done, 0) AS position,
                   coalesce(greatest(CASE WHEN copy.position IS NOT NULL THEN live.position END, r.events_total), 0) AS target,
                   coalesce(CASE WHEN r.state = :copying THEN r.events_per_second END, 0) AS rate
              FROM read_model.projection_rebuild r
             CROSS JOIN LATERAL (SELECT min(t.position) AS position FROM read_model.projection_token t
                                  WHERE t.generation = r.generation AND t.projection LIKE '%@%') copy
             CROSS JOIN LATERAL (SELECT min(t.position) AS position FROM read_model.projection_token t
                                  WHERE t.projection = ANY (r.projections)) live
             WHERE r.finished_at IS NULL
             ORDER BY r.position
            """;

    private record Unfinished(boolean undecided, boolean begun, long position, long target, double rate) {}

    private final Reading<List<Unfinished>> unfinished;

    RebuildMeters(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        this.unfinished = new Reading<>(
                "rebuilds",
                () -> jdbc.sql(UNFINISHED)
                        .param("copying", RebuildState.COPYING.code())
                        .query((row, number) -> new Unfinished(
                                RebuildState.of(row.getString("state")) == RebuildState.DIFFERS
                                        && row.getString("decision") == null,
                                row.getBoolean("begun"),
                                row.getLong("position"),
                                row.getLong("target"),
                                row.getDouble("rate")))
                        .list());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, QueryMeters.REBUILDS, "Rebuilds that wait or are under way", List::size);
        gauge(
                registry,
                QueryMeters.REBUILDS_UNDECIDED,
                "Rebuilds whose copy differs from the live one, and about which nobody has decided",
                all -> all.stream().filter(Unfinished::undecided).count());
        gauge(registry, QueryMeters.REBUILD_POSITION, "Events that the copy contains", running(Unfinished::position));
        gauge(registry, QueryMeters.REBUILD_TARGET, "Events that it has to contain", running(Unfinished::target));
        gauge(registry, QueryMeters.REBUILD_RATE, "Events copied per second", running(Unfinished::rate));
    }

    private static ToDoubleFunction<List<Unfinished>> running(ToDoubleFunction<Unfinished> part) {
        return all -> all.stream()
                .filter(Unfinished::begun)
                .findFirst()
                .map(part::applyAsDouble)
                .orElse(0.0);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<List<Unfinished>> part) {
        Gauge.builder(name, () -> unfinished.number(part))
                .description(description)
                .register(registry);
    }
}
