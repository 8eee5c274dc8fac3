package io.mealexpense.edge.security;

import java.security.PublicKey;
import java.util.Optional;

/** The published keys with which access tokens are verified. */
public interface VerificationKeys {

    Optional<PublicKey> find(String keyId);
}
