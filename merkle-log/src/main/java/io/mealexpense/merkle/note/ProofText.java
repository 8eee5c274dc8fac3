package io.mealexpense.merkle.note;

import io.mealexpense.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the lines that proofs begin with. */
final class ProofText {

    private final String text;
    private int at;

    ProofText(String text) {
        this.text = text;
    }

    static String lines(List<byte[]> hashes) {
        var lines = new StringBuilder();
        for (var hash : hashes) {
            lines.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return lines.toString();
    }

    private String line() {
        var end = text.indexOf('\n', at);
        if (end < 0) {
            throw new IllegalArgumentException("The proof ends too early");
        }
        var line = text.substring(at, end);
        at = end + 1;
        return line;
    }

    void require(String expected) {
        if (!line().equals(expected)) {
            throw new IllegalArgumentException("The proof does not begin with " + expected);
        }
    }

    String after(String prefix) {
        var line = line();
        if (!line.startsWith(prefix)) {
            throw new IllegalArgumentException("Expected '%s', not '%s'".formatted(prefix.strip(), line));
        }
        return line.substring(prefix.length());
    }

    /** Up to the blank line. */
    List<byte[]> hashes() {
        var hashes = new ArrayList<byte[]>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var hash = Base64.getDecoder().decode(line);
            if (hash.length != TreeHasher.SIZE || hashes.size() == 2 * Long.SIZE) {
                throw new IllegalArgumentException("No hash of a proof: " + line);
            }
            hashes.add(hash);
        }
        return hashes;
    }

    String rest() {
        return text.substring(at);
    }
}
