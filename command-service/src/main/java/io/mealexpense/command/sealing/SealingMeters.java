package io.mealexpense.command.sealing;

import io.mealexpense.edge.metrics.Reading;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the log is sealed, whichever instance seals it, and what this instance could not do. */
@Component
final class SealingMeters implements MeterBinder {

    private static final String POSITION = "meals.seal.position";
    private static final String LAG_EVENTS = "meals.seal.lag.events";
    private static final String LAG_SECONDS = "meals.seal.lag.seconds";
    private static final String CHECKPOINT_AGE = "meals.seal.checkpoint.age.seconds";

    /** Counter by kind: rounds of sealing and publishing that came to nothing. */
    private static final String TROUBLES = "meals.seal.troubles";

    private static final String PROGRESS = """
            SELECT coalesce(c.size, 0) AS sealed, h.position - coalesce(c.size, 0) AS lag,
                   extract(epoch FROM clock_timestamp() - c.sealed_at) AS age,
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - e.recorded_at) FROM event_store.domain_event e
                              WHERE e.position = coalesce(c.size, 0) + 1), 0) AS waiting
              FROM event_store.head h
              LEFT JOIN LATERAL (SELECT size, sealed_at FROM seal.checkpoint ORDER BY size DESC LIMIT 1) c ON true
            """;

    /**
     * @param age seconds since the last checkpoint, 0 before the first
     * @param waiting seconds that the oldest event beyond it has been in the log
     */
    private record Progress(long sealed, long lag, double age, double waiting) {}

    private final LogSealer sealer;
    private final Reading<Progress> progress;

    SealingMeters(LogSealer sealer, @Qualifier("commandDataSource") DataSource dataSource) {
        this.sealer = sealer;
        var jdbc = JdbcClient.create(dataSource);
        this.progress = new Reading<>(
                "sealing",
                () -> jdbc.sql(PROGRESS)
                        .query((row, number) -> new Progress(
                                row.getLong("sealed"),
                                Math.max(0, row.getLong("lag")),
                                row.getDouble("age"),
                                Math.max(0, row.getDouble("waiting"))))
                        .single());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, POSITION, "Last position that is sealed", Progress::sealed);
        gauge(registry, LAG_EVENTS, "Events in the log that are not sealed yet", Progress::lag);
        gauge(registry, LAG_SECONDS, "How long the oldest of them has been in the log", Progress::waiting);
        gauge(registry, CHECKPOINT_AGE, "Since the last checkpoint was signed", Progress::age);
        for (var trouble : LogSealer.Trouble.values()) {
            FunctionCounter.builder(TROUBLES, sealer, it -> it.rounds(trouble))
                    .description("Rounds in which this process could not seal, or not publish, what it should have")
                    .tag("kind", trouble.label())
                    .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Progress> part) {
        Gauge.builder(name, () -> progress.number(part))
                .description(description)
                .register(registry);
    }
}
