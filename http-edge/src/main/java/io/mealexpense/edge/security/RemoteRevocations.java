package io.mealexpense.edge.security;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Follows the command side's revocations; {@link #refresh} is called on a schedule, well within a minute. */
public final class RemoteRevocations implements Revocations {

    private static final Logger log = LoggerFactory.getLogger(RemoteRevocations.class);

    private final RestClient http;
    private final URI uri;
    private volatile Revocations current = RevocationList.NONE;

    public RemoteRevocations(RestClient http, URI uri) {
        this.http = http;
        this.uri = uri;
    }

    public void refresh() {
        try {
            var document = http.get().uri(uri).retrieve().body(RevocationList.Document.class);
            if (document != null) {
                current = RevocationList.of(document.revocations());
            }
        } catch (RestClientException unreachable) {
            log.warn("The revocations could not be fetched; the last ones are kept: {}", unreachable.getMessage());
        }
    }

    @Override
    public boolean revoked(UUID sessionId, UUID accountId, Instant issuedAt) {
        return current.revoked(sessionId, accountId, issuedAt);
    }
}
