package io.mealexpense.merkle.event;

import io.mealexpense.merkle.TreeHasher;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The leaf of an event in two steps: a SHA-256 of each column, then the hash of the leaf over all of those. Each column
 * has its place and its 32 bytes, so nothing can be moved from one to the next, and a leaf can be made from the hashes
 * of columns that are not told. For one thread; {@link #take} first, then ask.
 */
public final class EventLeaf {

    /** Bytes of the fingerprints of one event: enough to say which column was changed, not enough to prove it. */
    public static final int FINGERPRINTS = EventField.ALL.length * EventLeaf.FINGERPRINT;

    private static final int FINGERPRINT = 4;
    private static final byte VERSION = 1;
    private static final byte ABSENT = 0;
    private static final byte PRESENT = 1;

    private final MessageDigest sha256 = TreeHasher.sha256();
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] entry = new byte[1 + EventField.ALL.length * TreeHasher.SIZE];

    /** Looks at an event. */
    public EventLeaf take(LoggedEvent event) {
        entry[0] = VERSION;
        for (var field : EventField.ALL) {
            var bytes = event.bytes(field);
            if (bytes == null) {
                sha256.update(ABSENT);
            } else {
                sha256.update(PRESENT);
                sha256.update(bytes);
            }
            try {
                sha256.digest(entry, place(field), TreeHasher.SIZE);
            } catch (DigestException tooSmall) {
                throw new IllegalStateException(tooSmall);
            }
        }
        return this;
    }

    private static int place(EventField field) {
        return 1 + field.ordinal() * TreeHasher.SIZE;
    }

    /** Its hash in the tree. */
    public byte[] hash() {
        return hasher.leaf(entry);
    }

    /** Writes the first bytes of each column's hash, in the order of the columns. */
    public void fingerprints(byte[] into, int offset) {
        for (var field : EventField.ALL) {
            System.arraycopy(entry, place(field), into, offset + field.ordinal() * FINGERPRINT, FINGERPRINT);
        }
    }

    /** The columns that are not what these fingerprints were taken of. */
    public Set<EventField> differing(byte[] fingerprints, int offset) {
        var differing = EnumSet.noneOf(EventField.class);
        for (var field : EventField.ALL) {
            var at = offset + field.ordinal() * FINGERPRINT;
            if (!Arrays.equals(entry, place(field), place(field) + FINGERPRINT, fingerprints, at, at + FINGERPRINT)) {
                differing.add(field);
            }
        }
        return differing;
    }
}
