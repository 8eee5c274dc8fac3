package io.mealexpense.command.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of a session's refresh tokens, kept as its hash. */
@Entity
@Table(name = "refresh_token")
class RefreshToken {

    @Id
    String hash;

    @Column(name = "session_id", nullable = false)
    UUID sessionId;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "used_at")
    @Nullable
    Instant usedAt;

    /** For JPA. */
    RefreshToken() {}

    RefreshToken(String hash, UUID sessionId, Instant createdAt) {
        this.hash = hash;
        this.sessionId = sessionId;
        this.createdAt = createdAt;
    }
}
