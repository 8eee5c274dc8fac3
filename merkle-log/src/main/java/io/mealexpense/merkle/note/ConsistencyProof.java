package io.mealexpense.merkle.note;

import java.util.List;

/**
 * That a later checkpoint's log begins with all of an earlier one's, in a form like {@link InclusionProof}'s.
 *
 * @param earlier the signed note, word for word
 * @param later the same
 */
public record ConsistencyProof(List<byte[]> hashes, String earlier, String later) {

    static final String FIRST_LINE = "meal-expense-tracker/consistency@v1";

    public String text() {
        return FIRST_LINE + "\n" + ProofText.lines(hashes) + "\n" + earlier + "\n" + later;
    }

    /** Whether a text says that it is such a proof. */
    public static boolean isOne(String text) {
        return text.startsWith(FIRST_LINE + "\n");
    }

    /** @throws IllegalArgumentException if it is none */
    public static ConsistencyProof parse(String text) {
        var reader = new ProofText(text);
        reader.require(FIRST_LINE);
        var hashes = reader.hashes();
        var notes = reader.rest();
        // the earlier note ends where the blank line after its signatures begins
        var signatures = notes.indexOf("\n\n");
        var split = signatures < 0 ? -1 : notes.indexOf("\n\n", signatures + 2);
        if (split < 0 || split + 2 == notes.length()) {
            throw new IllegalArgumentException("Two checkpoints are needed");
        }
        return new ConsistencyProof(hashes, notes.substring(0, split + 1), notes.substring(split + 2));
    }
}
