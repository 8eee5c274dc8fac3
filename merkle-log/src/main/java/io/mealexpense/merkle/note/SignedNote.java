package io.mealexpense.merkle.note;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A text and its signatures (<a href="https://c2sp.org/signed-note">C2SP signed-note</a>).
 *
 * @param text with its last line break
 */
record SignedNote(String text, List<Line> signatures) {

    /** Begins a line with a signature: an em dash and a space. */
    static final String SIGNATURE = "\u2014 ";

    private static final int MOST_SIGNATURES = 100;

    record Line(String name, int keyId, byte[] signature) {}

    /** @throws IllegalArgumentException if it is no signed note */
    static SignedNote parse(String note) {
        var split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n") || note.chars().anyMatch(it -> it < 0x20 && it != '\n')) {
            throw new IllegalArgumentException("No signed note");
        }
        var signatures = new ArrayList<Line>();
        for (var line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            signatures.add(line(line));
        }
        if (signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException("Too many signatures");
        }
        return new SignedNote(note.substring(0, split + 1), signatures);
    }

    private static Line line(String line) {
        var space = line.lastIndexOf(' ');
        if (!line.startsWith(SIGNATURE) || space <= SIGNATURE.length()) {
            throw new IllegalArgumentException("No signature: " + line);
        }
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(space + 1)));
        if (bytes.remaining() <= Integer.BYTES) {
            throw new IllegalArgumentException("No signature: " + line);
        }
        var keyId = bytes.getInt();
        var signature = new byte[bytes.remaining()];
        bytes.get(signature);
        return new Line(line.substring(SIGNATURE.length(), space), keyId, signature);
    }

    /** Whether one of the keys signed it, and none of them signed something else. */
    boolean isSignedBy(Collection<VerifierKey> keys) {
        var signed = false;
        for (var line : signatures) {
            for (var key : keys) {
                if (key.name().equals(line.name()) && key.id() == line.keyId()) {
                    if (!key.verifies(text, line.signature())) {
                        return false;
                    }
                    signed = true;
                }
            }
        }
        return signed;
    }
}
