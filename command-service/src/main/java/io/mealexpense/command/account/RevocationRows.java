package io.mealexpense.command.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The rows of revocations. */
interface RevocationRows extends JpaRepository<Revocation, UUID> {

    /**
     * Tokens say when they were issued in whole seconds. One that is issued after a revocation says the next second
     * (see {@link AccessTokenIssuer}), so a revocation after that one must reach that far, even within the same second.
     */
    @Modifying
    @Query(value = """
            INSERT INTO account.revocation AS before (id, at) VALUES (:id, :at)
            ON CONFLICT (id) DO UPDATE
            SET at = greatest(excluded.at, date_trunc('second', before.at) + interval '1 second')
            """, nativeQuery = true)
    int add(UUID id, Instant at);

    List<Revocation> findByAtAfter(Instant after);

    @Modifying
    @Query("DELETE FROM Revocation r WHERE r.at < :before")
    int deleteBefore(Instant before);
}
