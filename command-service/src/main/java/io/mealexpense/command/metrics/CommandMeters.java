package io.mealexpense.command.metrics;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.events.EventCatalogue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The meters of the write side; docs/metrics.md says what they mean. Every label takes a few values, all of them ours. */
@Component
public final class CommandMeters {

    /** Timer by command, outcome and reason. */
    public static final String COMMANDS = "meals.commands";

    /** Timer: from the append's turn in the queue to the end of its commit. */
    public static final String APPENDS = "meals.appends";

    /** Events in one statement. */
    public static final String BATCH = "meals.committer.batch";

    public static final String QUEUE = "meals.committer.queue";
    public static final String QUEUE_CAPACITY = "meals.committer.queue.capacity";

    /** Counter by event: what happened in the business. */
    public static final String EVENTS = "meals.events";

    /** 1 while the log takes nothing, because it was restored from a backup and no recovery was declared. */
    public static final String LOG_CLOSED = "meals.log.closed";

    /** What became of a command. */
    public enum Outcome {
        ACCEPTED,
        /** It was sent before, and got its first answer again. */
        REPEATED,
        REFUSED
    }

    private static final String NO_REASON = "none";
    private static final String UNEXPECTED = "unexpected";

    private static final Duration[] BUCKETS = Stream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private record Sent(Class<?> command, Outcome outcome, String reason) {}

    private final MeterRegistry registry;
    private final Map<Sent, Timer> commands = new ConcurrentHashMap<>();
    private final Map<String, Counter> events;
    private final Timer appends;
    private final DistributionSummary batch;

    public CommandMeters(MeterRegistry registry) {
        this.registry = registry;
        this.events = EventCatalogue.types()
                .map(EventCatalogue::nameOf)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), this::counter));
        this.appends = Timer.builder(APPENDS)
                .description("How long an append took, its waiting for a turn included")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.batch = DistributionSummary.builder(BATCH)
                .description("Events that were appended by one statement")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
    }

    private Counter counter(String event) {
        return Counter.builder(EVENTS)
                .description("Events that this process appended to the log")
                .tag("event", event)
                .register(registry);
    }

    /** Counts a command that was carried out, now or before. */
    public void sent(Object command, Outcome outcome, long nanos) {
        record(new Sent(command.getClass(), outcome, NO_REASON), nanos);
    }

    public void refused(Object command, RuntimeException why, long nanos) {
        record(new Sent(command.getClass(), Outcome.REFUSED, reason(why)), nanos);
    }

    private void record(Sent sent, long nanos) {
        commands.computeIfAbsent(sent, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Sent sent) {
        return Timer.builder(COMMANDS)
                .description("Commands that were decided, and how long that took")
                .tag("command", kebab(sent.command().getSimpleName()))
                .tag("outcome", sent.outcome().name().toLowerCase(Locale.ROOT))
                .tag("reason", sent.reason())
                .register(registry);
    }

    /** What refuses has a name; what is a mistake of ours is only told as such, and is in the log. */
    static String reason(RuntimeException why) {
        if (why instanceof ProblemException problem) {
            return problem.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        var type = why.getClass();
        var isKnown =
                type.getName().startsWith("io.mealexpense.") || type.getName().startsWith("org.axonframework.");
        return isKnown ? kebab(type.getSimpleName().replaceFirst("Exception$", "")) : UNEXPECTED;
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    public void appended(long nanos) {
        appends.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** One statement brought so many events into the log. */
    public void committed(int size) {
        batch.record(size);
    }

    /** An event is in the log. */
    public void happened(String event) {
        var counter = events.get(event);
        if (counter != null) {
            counter.increment();
        }
    }

    public void closed(BooleanSupplier closed) {
        Gauge.builder(LOG_CLOSED, () -> closed.getAsBoolean() ? 1 : 0)
                .description("Whether appends are refused until a recovery is declared")
                .register(registry);
    }

    public void queue(IntSupplier waiting, int capacity) {
        Gauge.builder(QUEUE, () -> waiting.getAsInt())
                .description("Appends that wait for their turn")
                .register(registry);
        Gauge.builder(QUEUE_CAPACITY, () -> capacity)
                .description("Appends that may wait; one more is refused")
                .register(registry);
    }
}
