package io.mealexpense.command.account;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The rows of signing keys. */
interface SigningKeyRows extends JpaRepository<SigningKey, String> {

    /** Arbitrary, but ours alone among this database's advisory locks: "keys" in ASCII. */
    long LOCK = 0x6b657973L;

    /** Until the end of the transaction nobody else makes keys. */
    @Query(value = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(" + LOCK + ")) AS locked", nativeQuery = true)
    int lockOutOthers();

    List<SigningKey> findAllByOrderBySignsFrom();
}
