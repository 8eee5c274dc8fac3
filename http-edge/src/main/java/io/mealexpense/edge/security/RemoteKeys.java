package io.mealexpense.edge.security;

import io.jsonwebtoken.security.Jwks;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The keys that the command side publishes; the last good set is kept while it cannot be reached. */
public final class RemoteKeys implements VerificationKeys {

    private static final Duration FRESH = Duration.ofMinutes(5);
    /** Between two fetches for unknown keys, so that forged key ids cannot make us hammer the publisher. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

    private final RestClient http;
    private final URI uri;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile Instant fetchedAt = Instant.EPOCH;

    public RemoteKeys(RestClient http, URI uri, Clock clock) {
        this.http = http;
        this.uri = uri;
        this.clock = clock;
    }

    @Override
    public Optional<PublicKey> find(String keyId) {
        var age = Duration.between(fetchedAt, clock.instant());
        if (age.compareTo(FRESH) > 0 || (!keys.containsKey(keyId) && age.compareTo(PAUSE) > 0)) {
            fetch(!keys.containsKey(keyId));
        }
        return Optional.ofNullable(keys.get(keyId));
    }

    /** One fetch at a time; a reader whose key is known does not wait for it. */
    private void fetch(boolean wait) {
        if (wait) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            if (Duration.between(fetchedAt, clock.instant()).compareTo(PAUSE) <= 0) {
                return;
            }
            var json = http.get().uri(uri).retrieve().body(String.class);
            keys = Jwks.setParser().build().parse(json).getKeys().stream()
                    .filter(key -> key.toKey() instanceof PublicKey)
                    .collect(Collectors.toUnmodifiableMap(key -> key.getId(), key -> (PublicKey) key.toKey()));
            fetchedAt = clock.instant();
        } catch (RestClientException unreachable) {
            log.warn(
                    "The verification keys could not be fetched; the last good ones are kept: {}",
                    unreachable.getMessage());
            fetchedAt = clock.instant().minus(FRESH).plus(PAUSE);
        } finally {
            fetching.unlock();
        }
    }
}
