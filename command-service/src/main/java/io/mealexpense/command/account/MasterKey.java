package io.mealexpense.command.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what must not be readable from the database alone: AES-256-GCM under a key that lives outside of it. What was
 * sealed under a former key still opens.
 */
public final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final List<SecretKey> former;

    private MasterKey(SecretKey key, List<SecretKey> former) {
        this.key = key;
        this.former = former;
    }

    /**
     * @param base64 of 32 bytes
     * @param former the same of keys that were used before
     * @throws IllegalStateException if one is anything else, with words for whoever operates the service
     */
    public static MasterKey of(String base64, List<String> former) {
        return new MasterKey(
                key(base64, "MEALS_MASTER_KEY (meals.command.master-key)"),
                former.stream()
                        .map(each -> key(each, "Each of MEALS_FORMER_MASTER_KEYS (meals.command.former-master-keys)"))
                        .toList());
    }

    /**
     * @param base64 of 32 bytes
     * @throws IllegalStateException as above
     */
    public static MasterKey of(String base64) {
        return of(base64, List.of());
    }

    private static SecretKey key(String base64, String setting) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("%s must be base64 of %d random bytes;".formatted(setting, KEY_BYTES)
                    + " `openssl rand -base64 32` makes one. Keep it: without it the signing keys are lost.");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * @param name what is sealed; it opens under this name only
     * @return nonce, ciphertext and tag
     */
    public byte[] seal(byte[] secret, String name) {
        try {
            var nonce = Secrets.bytes(NONCE_BYTES);
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(secret);
            var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /**
     * @throws IllegalStateException if it was sealed under a key that is not known or another name, or tampered with
     */
    public byte[] open(byte[] sealed, String name) {
        return Stream.concat(Stream.of(key), former.stream())
                .flatMap(each -> opened(each, sealed, name).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Keys in the database were stored under another master key"
                        + " than MEALS_MASTER_KEY, and none of MEALS_FORMER_MASTER_KEYS opens them"));
    }

    /** Whether it opens only as long as a former key is known. */
    public boolean isUnderFormer(byte[] sealed, String name) {
        return former.stream().anyMatch(each -> opened(each, sealed, name).isPresent());
    }

    private static Optional<byte[]> opened(SecretKey key, byte[] sealed, String name) {
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, name)
                    .doFinal(sealed, NONCE_BYTES, Math.max(0, sealed.length - NONCE_BYTES)));
        } catch (AEADBadTagException otherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
