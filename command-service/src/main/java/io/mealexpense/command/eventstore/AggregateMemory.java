package io.mealexpense.command.eventstore;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates as they were when this process last changed them, so that the next change need not read their events. What
 * another process appended since is not known here: an append on old knowledge fails at the aggregate's sequence, and
 * {@link Commands} asks the log before it refuses anything by it.
 */
public final class AggregateMemory implements Cache {

    /** The bean's name, for the aggregates that want to be remembered. */
    public static final String NAME = "aggregateMemory";

    private static final long AGGREGATES = 20_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** How one thread decides now. */
    private static final class Decision {
        boolean mayRemember = true;
        boolean remembered;
    }

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> aggregates = Caffeine.newBuilder()
            .maximumSize(AGGREGATES)
            .expireAfterAccess(UNUSED)
            .build();

    private final ThreadLocal<@Nullable Decision> current = new ThreadLocal<>();

    /** Whether what was decided last by {@link #deciding} rested on memory. */
    record Outcome<T>(@Nullable T result, @Nullable RuntimeException refusal, boolean remembered) {}

    /**
     * Lets one command be decided.
     *
     * @param mayRemember false to read the log in any case
     */
    <T> Outcome<T> deciding(boolean mayRemember, Callable<T> command) {
        var outer = current.get();
        var decision = new Decision();
        decision.mayRemember = mayRemember;
        current.set(decision);
        try {
            return new Outcome<>(command.call(), null, decision.remembered);
        } catch (RuntimeException refusal) {
            return new Outcome<>(null, refusal, decision.remembered);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    /** Nothing for whoever did not say that a refusal will be looked at again. */
    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // Axon's interface knows no annotations
    public <K, V> V get(K key) {
        var decision = current.get();
        if (decision == null || !decision.mayRemember) {
            return null;
        }
        var known = (V) aggregates.getIfPresent(key);
        decision.remembered |= known != null;
        return known;
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        aggregates.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return aggregates.asMap().containsKey(key);
    }

    /** Nobody of ours listens. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("Nothing is told of what is remembered");
    }
}
