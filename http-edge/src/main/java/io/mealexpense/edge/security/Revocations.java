package io.mealexpense.edge.security;

import java.time.Instant;
import java.util.UUID;

/** Sessions and accounts whose older access tokens count no more: signed out, disabled, another role or password. */
public interface Revocations {

    /** Whether a token of this session and account, issued at this moment, has been revoked since. */
    boolean revoked(UUID sessionId, UUID accountId, Instant issuedAt);
}
