package io.mealexpense.benchmarks;

import io.mealexpense.edge.security.AccessTokens;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of an installation whose master key is known, valid for as long as a run takes. */
final class Tokens {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final long LIFE_SECONDS = 4 * 3600;

    private final String keyId;
    private final byte[] publicKey;
    private final PrivateKey privateKey;

    private Tokens(String keyId, byte[] publicKey, PrivateKey privateKey) {
        this.keyId = keyId;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    static Tokens of(Database database, byte[] masterKey) throws SQLException, GeneralSecurityException {
        try (var connection = database.connect(Role.COMMAND);
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT key_id, public_key, private_key FROM account.signing_key WHERE signs_from <= now()"
                                + " ORDER BY signs_from DESC LIMIT 1")) {
            row.next();
            var keyId = row.getString(1);
            var sealed = row.getBytes(3);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(masterKey, "AES"),
                    new GCMParameterSpec(TAG_BITS, Arrays.copyOf(sealed, NONCE_BYTES)));
            cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
            var opened = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new Tokens(
                    keyId,
                    row.getBytes(2),
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(opened)));
        }
    }

    /** X.509, base64. */
    String verificationKey() {
        return Base64.getEncoder().encodeToString(publicKey);
    }

    /**
     * @param role such as {@code MEMBER}
     */
    String token(UUID account, String role) {
        var now = Instant.now().getEpochSecond();
        var claims = """
                {"iss":"%s","aud":["%s"],"sub":"%s","sid":"%s","roles":["%s"],"iat":%d,"exp":%d}""".formatted(
                        AccessTokens.ISSUER,
                        AccessTokens.AUDIENCE,
                        account,
                        UUID.nameUUIDFromBytes(account.toString().getBytes(StandardCharsets.US_ASCII)),
                        role,
                        now,
                        now + LIFE_SECONDS);
        var text = encoded("{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(keyId)) + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
