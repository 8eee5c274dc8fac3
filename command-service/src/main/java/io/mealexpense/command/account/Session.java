package io.mealexpense.command.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One sign-in, until it is signed out, revoked or forgotten about for too long. */
@Entity
@Table(name = "session")
class Session {

    @Id
    UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    /** {@code web} or {@code api}; a token of one kind is worth nothing to the other. */
    @Column(nullable = false)
    String client;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    /** For JPA. */
    Session() {}

    Session(UUID id, UUID accountId, String client, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.accountId = accountId;
        this.client = client;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    boolean livesAt(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
