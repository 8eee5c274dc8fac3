package io.mealexpense.command.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals what must not be readable from the database alone: AES-256-GCM under a key that lives outside of it. */
public final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;

    private MasterKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * @param base64 of 32 bytes
     * @throws IllegalStateException if it is anything else, with words for whoever operates the service
     */
    public static MasterKey of(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "MEALS_MASTER_KEY (meals.command.master-key) must be base64 of %d random bytes;"
                                    .formatted(KEY_BYTES)
                            + " `openssl rand -base64 32` makes one. Keep it: without it the signing keys are lost.");
        }
        return new MasterKey(bytes);
    }

    /**
     * @param name what is sealed; it opens under this name only
     * @return nonce, ciphertext and tag
     */
    public byte[] seal(byte[] secret, String name) {
        try {
            var nonce = Secrets.bytes(NONCE_BYTES);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret);
            var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /**
     * @throws IllegalStateException if it was sealed under another key or name, or tampered with
     */
    public byte[] open(byte[] sealed, String name) {
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, name)
                    .doFinal(sealed, NONCE_BYTES, Math.max(0, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException otherKey) {
            throw new IllegalStateException(
                    "Keys in the database were stored under another master key than MEALS_MASTER_KEY", otherKey);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
