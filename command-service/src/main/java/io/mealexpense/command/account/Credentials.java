package io.mealexpense.command.account;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The directory's rows. */
interface Credentials extends JpaRepository<Credential, UUID> {

    Optional<Credential> findByEmail(String email);

    boolean existsByEmail(String email);

    /** For whoever is about to change it; others wait. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT c FROM Credential c WHERE c.id = :id")
    Optional<Credential> lock(UUID id);

    /** For whoever relies on it until the end of the transaction; those that change it wait. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("SELECT c FROM Credential c WHERE c.id = :id")
    Optional<Credential> hold(UUID id);

    @Query("SELECT DISTINCT c FROM Credential c LEFT JOIN FETCH c.roles ORDER BY c.registeredAt, c.id")
    List<Credential> everybody();

    @Query("""
            SELECT count(c) > 0 FROM Credential c
            WHERE c.firstAdministrator = true OR io.mealexpense.edge.security.Role.ADMIN MEMBER OF c.roles
            """)
    boolean anyAdministrator();

    /** Accounts whose row does not reflect their last event. */
    @Query(value = """
            SELECT c.id FROM account.credential c
            WHERE EXISTS (
                SELECT FROM event_store.domain_event e WHERE e.aggregate_id = c.id AND e.sequence > c.version)
            """, nativeQuery = true)
    List<UUID> behindTheLog();

    List<Credential> findByFirstAdministratorTrueAndStatus(AccountStatus status);
}
