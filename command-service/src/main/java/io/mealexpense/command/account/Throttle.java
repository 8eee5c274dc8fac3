package io.mealexpense.command.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Slows down whoever tries too often; each instance counts for itself. */
@Component
public class Throttle {

    private static final int KEPT = 100_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Limit registrations;
    private final Limit signIns;
    private final Limit wrongPasswords;

    Throttle(AccountProperties properties, Clock clock) {
        var limits = properties.throttle();
        var time = new ClockTime(clock);
        registrations = new Limit(limits.register().burst(), limits.register().perMinute(), time);
        signIns = new Limit(limits.signIn().burst(), limits.signIn().perMinute(), time);
        wrongPasswords = new Limit(limits.password().burst(), limits.password().perMinute(), time);
    }

    /**
     * Counts one attempt to open an account.
     *
     * @param address of the client
     * @throws ProblemException 429 with the seconds to wait
     */
    public void registration(String address) {
        registrations.count(network(address));
    }

    /**
     * Counts one attempt to get in with something secret.
     *
     * @param address of the client
     * @throws ProblemException 429 with the seconds to wait
     */
    public void signIn(String address) {
        signIns.count(network(address));
    }

    /**
     * Before a password is looked at; answers the same for e-mail addresses without an account.
     *
     * @throws ProblemException 429 with the seconds to wait
     */
    void beforePassword(String email) {
        wrongPasswords.require(email);
    }

    void wrongPassword(String email) {
        wrongPasswords.spend(email);
    }

    /** One client has a whole network of IPv6 addresses to itself. */
    private static String network(String address) {
        try {
            return InetAddress.getByName(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), IPV6_NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }

    private static final class Limit {

        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .maximumSize(KEPT)
                .expireAfterAccess(Duration.ofMinutes(30))
                .build();

        private final int burst;
        private final int perMinute;
        private final TimeMeter time;

        Limit(int burst, int perMinute, TimeMeter time) {
            this.burst = burst;
            this.perMinute = perMinute;
            this.time = time;
        }

        private Bucket bucket(String key) {
            return buckets.get(
                    key,
                    absent -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .withCustomTimePrecision(time)
                            .build());
        }

        void count(String key) {
            var probe = bucket(key).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw tooMany(probe.getNanosToWaitForRefill());
            }
        }

        void require(String key) {
            var probe = bucket(key).estimateAbilityToConsume(1);
            if (!probe.canBeConsumed()) {
                throw tooMany(probe.getNanosToWaitForRefill());
            }
        }

        void spend(String key) {
            bucket(key).tryConsume(1);
        }

        private static ProblemException tooMany(long nanos) {
            var seconds = Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
            return new ProblemException(ProblemType.TOO_MANY_REQUESTS, "Try again in %d seconds.".formatted(seconds))
                    .header("Retry-After", Long.toString(seconds));
        }
    }

    private record ClockTime(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
