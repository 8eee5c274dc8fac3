package io.mealexpense.command.eventstore;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;

/**
 * Names messages by UUIDs of version 7. Beginning with the time they meet the log's index of event ids at one end
 * instead of all over it; being no secrets they need no secure randomness, which several threads would wait for.
 */
public final class MessageIds extends IdentifierFactory {

    /** Nobody reads the time of an id: it only puts it in its place. */
    private static final Clock CLOCK = Clock.systemUTC();

    private static final SecureRandom SEEDS = new SecureRandom();
    private static final ThreadLocal<SplittableRandom> RANDOM =
            ThreadLocal.withInitial(() -> new SplittableRandom(SEEDS.nextLong()));

    @Override
    public String generateIdentifier() {
        var random = RANDOM.get();
        return new UUID(
                        (CLOCK.millis() << 16) | 0x7000L | (random.nextInt() & 0xFFFL),
                        (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }
}
