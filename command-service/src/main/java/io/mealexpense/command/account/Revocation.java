package io.mealexpense.command.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Access tokens of this session or account, issued at or before this moment, are refused. */
@Entity
@Table(name = "revocation")
class Revocation {

    @Id
    UUID id;

    @Column(nullable = false)
    Instant at;

    /** For JPA. */
    Revocation() {}
}
