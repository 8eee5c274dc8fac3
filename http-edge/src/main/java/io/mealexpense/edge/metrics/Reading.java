package io.mealexpense.edge.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gauges tell of something that has to be asked for, such as a database: asked when somebody looks, once for all
 * gauges that look at the same time, and never while nobody does. Whoever looks does not wait long for it.
 */
public final class Reading<T> {

    /** Gauges of one scrape share a value, those of the next one do not. */
    private static final Duration KEPT = Duration.ofSeconds(3);

    /** A scrape gives up after some seconds, and there may be several of these in one. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Reading.class);

    private final String name;
    private final Callable<T> source;
    private final Duration kept;
    private @Nullable CompletableFuture<T> last;
    private long askedAt;
    private boolean failing;

    /**
     * @param name what is read, for the log and the thread
     */
    public Reading(String name, Callable<T> source) {
        this(name, KEPT, source);
    }

    Reading(String name, Duration kept, Callable<T> source) {
        this.name = name;
        this.kept = kept;
        this.source = source;
    }

    /** Nothing while it cannot be had. */
    public Optional<T> value() {
        try {
            return Optional.of(current().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException | TimeoutException unavailable) {
            return Optional.empty();
        }
    }

    /** A number of it, not a number while it cannot be had. */
    public double number(ToDoubleFunction<T> part) {
        return value().map(part::applyAsDouble).orElse(Double.NaN);
    }

    private synchronized CompletableFuture<T> current() {
        var now = System.nanoTime();
        if (last == null || last.isDone() && now - askedAt > kept.toNanos()) {
            askedAt = now;
            last = CompletableFuture.supplyAsync(
                    this::read, Thread.ofPlatform().name("reading-" + name).daemon()::start);
        }
        return last;
    }

    private T read() {
        try {
            var value = source.call();
            if (told(false)) {
                log.info("The metrics of {} can be read again", name);
            }
            return value;
        } catch (Exception failure) {
            if (told(true)) {
                log.warn("The metrics of {} cannot be read: {}", name, failure.toString());
            }
            throw new CompletionException(failure);
        }
    }

    /** @return whether that is news */
    private synchronized boolean told(boolean fails) {
        var news = failing != fails;
        failing = fails;
        return news;
    }
}
