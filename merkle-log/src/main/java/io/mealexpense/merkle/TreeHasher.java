package io.mealexpense.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hashes a tree is made of (RFC 9162 section 2.1.1), told apart by their first byte. For one thread. */
public final class TreeHasher {

    /** Bytes of a hash. */
    public static final int SIZE = 32;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final MessageDigest sha256 = sha256();

    /** Every Java platform has it. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** The root of a tree without leaves. */
    public byte[] emptyRoot() {
        sha256.reset();
        return sha256.digest();
    }

    public byte[] leaf(byte[] entry) {
        var hash = new byte[SIZE];
        leaf(entry, entry.length, hash, 0);
        return hash;
    }

    /** The same into a buffer. */
    public void leaf(byte[] entry, int length, byte[] into, int offset) {
        sha256.update(LEAF);
        sha256.update(entry, 0, length);
        digest(into, offset);
    }

    public byte[] node(byte[] left, byte[] right) {
        return node(left, 0, right, 0);
    }

    byte[] node(byte[] left, int leftOffset, byte[] right, int rightOffset) {
        sha256.update(NODE);
        sha256.update(left, leftOffset, SIZE);
        sha256.update(right, rightOffset, SIZE);
        return sha256.digest();
    }

    private void digest(byte[] into, int offset) {
        try {
            sha256.digest(into, offset, SIZE);
        } catch (DigestException tooSmall) {
            throw new IllegalArgumentException(tooSmall);
        }
    }
}
