package io.mealexpense.command.account;

import java.time.Instant;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The rows of refresh tokens; they go with their session. */
interface RefreshTokenRows extends JpaRepository<RefreshToken, String> {

    @Modifying
    @Query("DELETE FROM RefreshToken t WHERE t.usedAt < :before")
    int deleteUsedBefore(Instant before);
}
