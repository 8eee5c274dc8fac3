package io.mealexpense.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** Makes access tokens: genuine ones with the installation's own key, and all kinds of imitations. */
final class TokenForge {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Log log;
    private final byte[] masterKey;

    TokenForge(Log log, String masterKey) {
        this.log = log;
        this.masterKey = Base64.getDecoder().decode(masterKey);
    }

    /** A key that signs. */
    private record Key(String id, byte[] sealed) {}

    /** A token like this genuine one, signed by the installation's own key, that expires at another time. */
    String expiringAt(String genuine, Instant when) {
        var key = signingKey();
        try {
            return signed(key.id(), payload(genuine, when), open(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Right in everything but the key. */
    String signedByAnybody(String genuine) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var payload = payload(genuine, Instant.now().plusSeconds(300));
            return signed(
                    signingKey().id(), payload, generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says that it needs no signature. */
    String unsigned(String genuine) {
        return encoded(Api.JSON.writeValueAsBytes(Map.of("alg", "none"))) + "." + genuine.split("\\.")[1] + ".";
    }

    /** Another account's id put into a genuine token. */
    String withSubject(String genuine, UUID subject) {
        var parts = genuine.split("\\.");
        var claims = (ObjectNode) Api.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        claims.put("sub", subject.toString());
        return parts[0] + "." + encoded(Api.JSON.writeValueAsBytes(claims)) + "." + parts[2];
    }

    private static byte[] payload(String genuine, Instant expires) {
        var claims = (ObjectNode) Api.JSON.readTree(Base64.getUrlDecoder().decode(genuine.split("\\.")[1]));
        claims.put("iat", expires.getEpochSecond() - 300);
        claims.put("exp", expires.getEpochSecond());
        return Api.JSON.writeValueAsBytes(claims);
    }

    private static String signed(String keyId, byte[] payload, PrivateKey key) throws GeneralSecurityException {
        var header = Api.JSON.writeValueAsBytes(Map.of("alg", "RS256", "kid", keyId));
        var text = encoded(header) + "." + encoded(payload);
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** That of services whose clocks are ahead signs from a moment that is yet to come. */
    private Key signingKey() {
        List<Key> keys = log.query(
                Log.COMMAND,
                "SELECT key_id, private_key FROM account.signing_key"
                        + " ORDER BY greatest(signs_from, now()), signs_from DESC LIMIT 1",
                row -> new Key(row.getString(1), row.getBytes(2)));
        return keys.getFirst();
    }

    private PrivateKey open(Key key) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(masterKey, "AES"),
                new GCMParameterSpec(TAG_BITS, Arrays.copyOf(key.sealed(), NONCE_BYTES)));
        cipher.updateAAD(key.id().getBytes(StandardCharsets.UTF_8));
        var opened = cipher.doFinal(key.sealed(), NONCE_BYTES, key.sealed().length - NONCE_BYTES);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(opened));
    }
}
