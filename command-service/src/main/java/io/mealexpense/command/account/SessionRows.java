package io.mealexpense.command.account;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The rows of sessions. */
interface SessionRows extends JpaRepository<Session, UUID> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT s FROM Session s WHERE s.id = :id")
    Optional<Session> lock(UUID id);

    @Modifying
    @Query("""
            UPDATE Session s SET s.revokedAt = :now
            WHERE s.accountId = :account AND s.revokedAt IS NULL AND s.id <> :survivor
            """)
    int revokeAllBut(UUID account, UUID survivor, Instant now);

    @Modifying
    @Query("DELETE FROM Session s WHERE s.expiresAt < :before OR s.revokedAt < :before")
    int deleteEndedBefore(Instant before);
}
