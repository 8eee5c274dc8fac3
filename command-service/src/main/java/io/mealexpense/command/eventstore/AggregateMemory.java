package io.mealexpense.command.eventstore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates as they were when this process last changed them, so that the next change need not read their events. What
 * another process appended since is not known here: an append on old knowledge fails at the aggregate's sequence, and
 * {@link Commands} asks the log before it refuses anything by it.
 */
public final class AggregateMemory implements Cache, LogMemory {

    /** The bean's name, for the aggregates that want to be remembered. */
    public static final String NAME = "aggregateMemory";

    private static final int AGGREGATES = 20_000;

    /** How one thread decides now. */
    private static final class Decision {
        boolean mayRemember = true;
        boolean remembered;
    }

    /**
     * The ones touched last. Not a cache that admits by how often something is asked for: a stream of recordings makes
     * such a one forget what was recorded a moment ago, which is what will be changed next.
     */
    private final Map<Object, Object> aggregates =
            Collections.synchronizedMap(new LinkedHashMap<>(AGGREGATES, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                    return size() > AGGREGATES;
                }
            });

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
        var known = (V) aggregates.get(key);
        decision.remembered |= known != null;
        return known;
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.remove(key) != null;
    }

    @Override
    public void removeAll() {
        aggregates.clear();
    }

    @Override
    public void forget() {
        removeAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return aggregates.containsKey(key);
    }

    /** Nobody of ours listens. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("Nothing is told of what is remembered");
    }
}
