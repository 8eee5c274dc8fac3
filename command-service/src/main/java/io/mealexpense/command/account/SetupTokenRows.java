package io.mealexpense.command.account;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The rows of set-up tokens. */
interface SetupTokenRows extends JpaRepository<SetupToken, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT t FROM SetupToken t WHERE t.hash = :hash")
    Optional<SetupToken> lock(String hash);

    @Modifying
    @Query("DELETE FROM SetupToken t WHERE t.usedAt IS NULL")
    int deleteUnused();
}
