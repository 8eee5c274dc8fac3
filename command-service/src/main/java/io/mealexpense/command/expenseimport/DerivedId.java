package io.mealexpense.command.expenseimport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * Identifiers that follow from what they name: UUIDs of version 8 (RFC 9562, section 5.8) made of the first bits of a
 * SHA-256. Whatever changes here makes every file that was imported before look new.
 */
final class DerivedId {

    private static final char END_OF_PART = '\u0000';

    private DerivedId() {}

    static UUID of(String... parts) {
        var name = String.join(String.valueOf(END_OF_PART), List.of(parts));
        var bits = ByteBuffer.wrap(sha256(name.getBytes(StandardCharsets.UTF_8)));
        var high = bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x0000_0000_0000_8000L;
        var low = bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
