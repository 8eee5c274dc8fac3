package io.mealexpense.merkle.note;

import io.mealexpense.merkle.TreeHasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key for notes, as the text {@code <name>+<id in hexadecimal>+<base64>}
 * (<a href="https://c2sp.org/signed-note">C2SP signed-note</a>).
 */
public final class VerifierKey {

    static final byte ED25519 = 0x01;

    private static final int KEY_BYTES = 32;

    /** What X.509 puts in front of the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;
    private final int id;
    private final PublicKey key;

    private VerifierKey(String name, byte[] raw) {
        if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(VerifierKey::isSpaceOrControl)) {
            throw new IllegalArgumentException("A key's name has no spaces and no plus: '%s'".formatted(name));
        }
        this.name = name;
        this.raw = raw;
        this.id = id(name, raw);
        try {
            var encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
            System.arraycopy(raw, 0, encoded, X509_PREFIX.length, KEY_BYTES);
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException noPoint) {
            throw new IllegalArgumentException("No Ed25519 key", noPoint);
        }
    }

    private static boolean isSpaceOrControl(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character < 0x20;
    }

    public static VerifierKey of(String name, PublicKey key) {
        var encoded = key.getEncoded();
        if (encoded.length != X509_PREFIX.length + KEY_BYTES) {
            throw new IllegalArgumentException("No Ed25519 key");
        }
        return new VerifierKey(name, Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
    }

    /** @throws IllegalArgumentException if it is not the text of an Ed25519 key */
    public static VerifierKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A key is <name>+<id>+<base64>");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
            throw new IllegalArgumentException("No Ed25519 key");
        }
        var key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!parts[1].equals(HexFormat.of().toHexDigits(key.id))) {
            throw new IllegalArgumentException("The key's id does not belong to it");
        }
        return key;
    }

    private static int id(String name, byte[] raw) {
        var sha256 = TreeHasher.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update(ED25519);
        return ByteBuffer.wrap(sha256.digest(raw)).getInt();
    }

    public String name() {
        return name;
    }

    int id() {
        return id;
    }

    boolean verifies(String text, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false; // a signature of the wrong form is one that does not fit
        }
    }

    /** As it is published. */
    @Override
    public String toString() {
        var typed = new byte[1 + KEY_BYTES];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, KEY_BYTES);
        return name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return id;
    }
}
