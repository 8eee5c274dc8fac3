package io.mealexpense.merkle.note;

import io.mealexpense.merkle.TreeHasher;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;

/**
 * What is said about a tree: how many leaves it had and what its root was
 * (<a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>).
 *
 * @param origin which log it is; the name of the key that signs
 */
public record Checkpoint(String origin, long size, byte[] root) {

    /** A checkpoint that is not what it should be. */
    public static final class InvalidCheckpointException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidCheckpointException(String message) {
            super(message);
        }
    }

    String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /**
     * Reads a signed note.
     *
     * @throws InvalidCheckpointException if it is none, or not signed by one of these keys
     */
    public static Checkpoint open(String note, Collection<VerifierKey> keys) throws InvalidCheckpointException {
        try {
            var signed = SignedNote.parse(note);
            var checkpoint = parse(signed.text());
            if (!signed.isSignedBy(keys)) {
                throw new InvalidCheckpointException("its signature is not by a known key");
            }
            var ofThisLog = keys.stream()
                    .filter(key -> key.name().equals(checkpoint.origin()))
                    .toList();
            if (ofThisLog.isEmpty()) {
                throw new InvalidCheckpointException("it is of another log: " + checkpoint.origin());
            }
            if (!signed.isSignedBy(ofThisLog)) {
                throw new InvalidCheckpointException("its signature is by a key of another name");
            }
            return checkpoint;
        } catch (IllegalArgumentException malformed) {
            throw new InvalidCheckpointException("it is no signed checkpoint: " + malformed.getMessage());
        }
    }

    /** What a note says, whoever signed it; empty if it is no checkpoint. */
    public static Optional<Checkpoint> claimed(String note) {
        try {
            return Optional.of(parse(SignedNote.parse(note).text()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("origin, size and root are missing");
        }
        var root = Base64.getDecoder().decode(lines[2]);
        if (root.length != TreeHasher.SIZE) {
            throw new IllegalArgumentException("its root is no hash");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size);
    }
}
