package io.mealexpense.edge.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.UUID;

/** Counts the accounts whose requests this process has seen in the last minutes; none of them is named. */
public final class ActiveMembers implements MeterBinder {

    /** Of the metric. */
    public static final String NAME = "meals.members.active";

    private static final Duration RECENT = Duration.ofMinutes(5);

    /** Beyond this the number is a lower bound. */
    private static final int COUNTED = 20_000;

    private final Cache<UUID, Boolean> seen =
            Caffeine.newBuilder().expireAfterAccess(RECENT).maximumSize(COUNTED).build();

    public void saw(UUID account) {
        // reading is enough to keep it, and costs less than writing
        if (seen.getIfPresent(account) == null) {
            seen.put(account, Boolean.TRUE);
        }
    }

    private double count() {
        seen.cleanUp();
        return seen.estimatedSize();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(NAME, this::count)
                .description("Accounts with a request in the last five minutes, as this process has seen them")
                .register(registry);
    }
}
