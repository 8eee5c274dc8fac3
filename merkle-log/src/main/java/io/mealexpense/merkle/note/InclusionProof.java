package io.mealexpense.merkle.note;

import java.util.Base64;
import java.util.List;

/**
 * That an entry is in a log, in a form that needs nothing but the log's key to be checked
 * (<a href="https://c2sp.org/tlog-proof">C2SP tlog-proof</a>).
 *
 * @param extra what the entry's hash is made from
 * @param index of the entry, from 0
 * @param checkpoint the signed note, word for word
 */
public record InclusionProof(byte[] extra, long index, List<byte[]> hashes, String checkpoint) {

    static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    public String text() {
        return FIRST_LINE + "\nextra " + Base64.getEncoder().encodeToString(extra) + "\nindex " + index + "\n"
                + ProofText.lines(hashes) + "\n" + checkpoint;
    }

    /** Whether a text says that it is such a proof. */
    public static boolean isOne(String text) {
        return text.startsWith(FIRST_LINE + "\n");
    }

    /** @throws IllegalArgumentException if it is none */
    public static InclusionProof parse(String text) {
        var reader = new ProofText(text);
        reader.require(FIRST_LINE);
        var extra = Base64.getDecoder().decode(reader.after("extra "));
        var index = reader.after("index ");
        if (!index.matches("0|[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("No index: " + index);
        }
        return new InclusionProof(extra, Long.parseLong(index), reader.hashes(), reader.rest());
    }
}
