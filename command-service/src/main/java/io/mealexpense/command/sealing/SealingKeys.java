package io.mealexpense.command.sealing;

import io.mealexpense.command.account.MasterKey;
import io.mealexpense.merkle.note.LogName;
import io.mealexpense.merkle.note.NoteSigner;
import io.mealexpense.merkle.note.VerifierKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign checkpoints, kept under the master key: one is made for a new log, and another one when the last is
 * too old, or when the log has another name after a recovery. All of them begin with the log's name; earlier ones go on
 * verifying what they signed.
 */
final class SealingKeys {

    /** Its name is what tells this log from every other one. */
    private static final String NAME = "meal-expense-tracker/";

    private static final int NAME_BYTES = 8;

    private static final Logger log = LoggerFactory.getLogger(SealingKeys.class);

    private final MasterKey masterKey;
    private final @Nullable Instant madeAfter;

    /** @param madeAfter replaces a key that was made before; null keeps whatever there is */
    SealingKeys(MasterKey masterKey, @Nullable Instant madeAfter) {
        this.masterKey = masterKey;
        this.madeAfter = madeAfter;
    }

    /**
     * The keys of a log.
     *
     * @param signer signs by the last of them
     * @param known all of them, the oldest first
     */
    record Ring(NoteSigner signer, List<VerifierKey> known) {}

    /** Those that there are, the oldest first. */
    static List<VerifierKey> known(SealSession session) throws SQLException {
        return session.keys().stream()
                .map(key -> VerifierKey.parse(key.verifierKey()))
                .toList();
    }

    /**
     * Called by the one session that seals, so that nobody makes another key meanwhile.
     *
     * @param series of the log's name, empty before the first recovery; each has keys of its own
     */
    Ring ring(SealSession session, String series) throws SQLException {
        var stored = session.keys();
        var known = new ArrayList<>(known(session));
        var base = known.isEmpty()
                ? newName()
                : LogName.parse(known.getFirst().name()).base();
        var name = new LogName(base, series).toString();
        var ofSeries = stored.stream()
                .filter(key -> VerifierKey.parse(key.verifierKey()).name().equals(name))
                .toList();
        if (!ofSeries.isEmpty() && (madeAfter == null || !session.isKeyOlderThan(madeAfter))) {
            return new Ring(open(ofSeries.getLast()), known);
        }
        var signer = make(session, name);
        known.add(signer.verifierKey());
        return new Ring(signer, known);
    }

    private static String newName() {
        var random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        return NAME + HexFormat.of().formatHex(random);
    }

    private NoteSigner make(SealSession session, String name) throws SQLException {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var verifierKey = VerifierKey.of(name, pair.getPublic());
            session.store(new SealSession.Key(
                    verifierKey.toString(), masterKey.seal(pair.getPrivate().getEncoded(), verifierKey.toString())));
            log.info("A key that seals the log was made; checkpoints are verified with {} from now on", verifierKey);
            return new NoteSigner(verifierKey, pair.getPrivate());
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private NoteSigner open(SealSession.Key stored) {
        if (masterKey.isUnderFormer(stored.sealedPrivateKey(), stored.verifierKey())) {
            log.warn(
                    "The key that seals the log is stored under a former master key, which must be kept until it is replaced"
                            + " (MEALS_SEALING_KEY_MADE_AFTER)");
        }
        try {
            var privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(masterKey.open(stored.sealedPrivateKey(), stored.verifierKey())));
            return new NoteSigner(VerifierKey.parse(stored.verifierKey()), privateKey);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("The key that seals the log cannot be read", damaged);
        }
    }
}
