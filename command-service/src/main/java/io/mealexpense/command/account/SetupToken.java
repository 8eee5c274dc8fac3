package io.mealexpense.command.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets whoever installed the product make the first administrator, once; kept as its hash. */
@Entity
@Table(name = "setup_token")
class SetupToken {

    @Id
    String hash;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "used_at")
    @Nullable
    Instant usedAt;

    /** For JPA. */
    SetupToken() {}

    SetupToken(String hash, Instant createdAt) {
        this.hash = hash;
        this.createdAt = createdAt;
    }
}
