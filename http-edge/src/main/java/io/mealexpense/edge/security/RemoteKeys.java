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
    /** Between two fetches, so that forged key ids cannot make us hammer the publisher. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

    private final RestClient http;
    private final URI uri;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile Instant fetchedAt = Instant.EPOCH;
    private volatile Instant triedAt = Instant.EPOCH;
    private volatile boolean unreachable;

    public RemoteKeys(RestClient http, URI uri, Clock clock) {
        this.http = http;
        this.uri = uri;
        this.clock = clock;
    }

    @Override
    public Optional<PublicKey> find(String keyId) {
        if (!keys.containsKey(keyId)) {
            fetch(true);
        } else if (isOlder(fetchedAt, FRESH)) {
            fetch(false);
        }
        var key = keys.get(keyId);
        if (key == null && unreachable) {
            throw new KeysUnavailableException();
        }
        return Optional.ofNullable(key);
    }

    /** Also if it is yet to come: then the clock was put back, and nobody waits until it is where it was. */
    private boolean isOlder(Instant moment, Duration age) {
        return Duration.between(moment, clock.instant()).abs().compareTo(age) > 0;
    }

    /** One fetch at a time; a reader whose key is known does not wait for it. */
    private void fetch(boolean wait) {
        if (wait) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            if (!isOlder(triedAt, PAUSE)) {
                return;
            }
            triedAt = clock.instant();
            var json = http.get().uri(uri).retrieve().body(String.class);
            keys = Jwks.setParser().build().parse(json).getKeys().stream()
                    .filter(key -> key.toKey() instanceof PublicKey)
                    .collect(Collectors.toUnmodifiableMap(key -> key.getId(), key -> (PublicKey) key.toKey()));
            fetchedAt = clock.instant();
            unreachable = false;
        } catch (RestClientException failure) {
            log.warn(
                    "The verification keys could not be fetched; the last good ones are kept: {}",
                    failure.getMessage());
            unreachable = true;
        } finally {
            fetching.unlock();
        }
    }
}
