package io.mealexpense.command.account;

import io.mealexpense.edge.security.Role;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account's row in the directory: its names, its password, and what the log last said of it. */
@Entity
@Table(name = "credential")
class Credential {

    /** {@link #version} before the first event. */
    static final long NOTHING_YET = -1;

    @Id
    UUID id;

    @Column(nullable = false)
    String email;

    @Column(name = "display_name", nullable = false)
    String displayName;

    @Column(name = "password_hash", nullable = false)
    String passwordHash;

    @Column(nullable = false)
    @Enumerated(EnumType.STRING)
    AccountStatus status;

    @Column(name = "first_administrator", nullable = false)
    boolean firstAdministrator;

    @Column(nullable = false)
    String currency;

    @Column(nullable = false)
    String zone;

    @Column(name = "registered_at", nullable = false)
    Instant registeredAt;

    @Column(nullable = false)
    long version;

    @Column(name = "next_password_hash")
    @Nullable
    String nextPasswordHash;

    @Column(name = "next_password_version")
    @Nullable
    Long nextPasswordVersion;

    @Column(name = "next_password_session")
    @Nullable
    UUID nextPasswordSession;

    @Column(name = "next_password_at")
    @Nullable
    Instant nextPasswordAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "account_id"))
    @Column(name = "role", nullable = false)
    @Enumerated(EnumType.STRING)
    Set<Role> roles = EnumSet.noneOf(Role.class);

    /** For JPA. */
    Credential() {}

    Credential(UUID id, NewAccount account, String passwordHash, boolean firstAdministrator, Instant registeredAt) {
        this.id = id;
        this.email = account.email().value();
        this.displayName = account.displayName();
        this.passwordHash = passwordHash;
        this.status = AccountStatus.PENDING;
        this.firstAdministrator = firstAdministrator;
        this.currency = account.currency();
        this.zone = account.zone();
        this.registeredAt = registeredAt;
        this.version = NOTHING_YET;
    }

    boolean pending() {
        return status == AccountStatus.PENDING;
    }

    void prepare(NextPassword next) {
        nextPasswordHash = next.hash();
        nextPasswordVersion = next.version();
        nextPasswordSession = next.session();
        nextPasswordAt = next.at();
    }

    void forgetNextPassword() {
        nextPasswordHash = null;
        nextPasswordVersion = null;
        nextPasswordSession = null;
        nextPasswordAt = null;
    }

    AccountView view() {
        return new AccountView(
                id, email, displayName, Set.copyOf(roles), status, currency, zone, registeredAt, version);
    }

    /**
     * A password on its way to become the current one.
     *
     * @param version the sequence its {@code PasswordChanged} will have
     * @param session the one that asks for it
     */
    record NextPassword(String hash, long version, UUID session, Instant at) {}
}
