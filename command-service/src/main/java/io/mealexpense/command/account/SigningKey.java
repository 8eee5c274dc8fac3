package io.mealexpense.command.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key pair for access tokens as it is stored: the private half only under the master key. */
@Entity
@Table(name = "signing_key")
class SigningKey {

    @Id
    @Column(name = "key_id")
    String keyId;

    @Column(name = "public_key", nullable = false)
    byte[] publicKey;

    @Column(name = "private_key", nullable = false)
    byte[] sealedPrivateKey;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "signs_from", nullable = false)
    Instant signsFrom;

    @Column(name = "not_after")
    @Nullable
    Instant notAfter;

    /** For JPA. */
    SigningKey() {}

    SigningKey(String keyId, byte[] publicKey, byte[] sealedPrivateKey, Instant createdAt, Instant signsFrom) {
        this.keyId = keyId;
        this.publicKey = publicKey;
        this.sealedPrivateKey = sealedPrivateKey;
        this.createdAt = createdAt;
        this.signsFrom = signsFrom;
    }
}
