package io.mealexpense.command.sealing;

import io.mealexpense.command.account.MasterKey;
import io.mealexpense.merkle.note.NoteSigner;
import io.mealexpense.merkle.note.VerifierKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that signs checkpoints: made once per log, kept under the master key. */
final class SealingKeys {

    /** Its name is what tells this log from every other one. */
    private static final String NAME = "meal-expense-tracker/";

    private static final int NAME_BYTES = 8;

    private static final Logger log = LoggerFactory.getLogger(SealingKeys.class);

    private final MasterKey masterKey;

    SealingKeys(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    /** Called by the one session that seals, so that nobody makes another key meanwhile. */
    NoteSigner signer(SealSession session) throws SQLException {
        var stored = session.key();
        if (stored.isPresent()) {
            return open(stored.get());
        }
        try {
            var random = new byte[NAME_BYTES];
            new SecureRandom().nextBytes(random);
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var verifierKey = VerifierKey.of(NAME + HexFormat.of().formatHex(random), pair.getPublic());
            session.store(new SealSession.Key(
                    verifierKey.toString(), masterKey.seal(pair.getPrivate().getEncoded(), verifierKey.toString())));
            log.info("The key that seals the log was made; checkpoints are verified with {}", verifierKey);
            return new NoteSigner(verifierKey, pair.getPrivate());
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private NoteSigner open(SealSession.Key stored) {
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
