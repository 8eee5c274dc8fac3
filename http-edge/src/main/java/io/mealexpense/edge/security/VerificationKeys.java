package io.mealexpense.edge.security;

import java.security.PublicKey;
import java.util.Optional;

/** The published keys with which access tokens are verified. */
public interface VerificationKeys {

    /**
     * The one of this id, empty if nobody signs with it.
     *
     * @throws KeysUnavailableException if that cannot be said at the moment
     */
    Optional<PublicKey> find(String keyId);
}
