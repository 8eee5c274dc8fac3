package io.mealexpense.merkle.pack;

import java.util.Arrays;
import java.util.List;

/** The files of a proof pack, in the order in which they stand there. */
public enum PackFile {
    /** One event a line: each column as it is stored, payload and metadata as text. */
    EVENTS("events.ndjson"),

    /** One line for each line of the events: where the event is in the hash tree. */
    PROOFS("proofs.ndjson"),

    /** The one signed checkpoint that all proofs lead to. */
    CHECKPOINT("checkpoint.txt"),

    /** The log's public keys; whoever checks has them from elsewhere too. */
    KEYS("key.pub"),

    /** For people. */
    README("README.md"),

    /** What the pack is about, and what each other file must be. */
    MANIFEST("MANIFEST.json");

    /** What a manifest of this form begins with; another form gets another number. */
    public static final String FORMAT = "meal-expense-tracker/proof-pack@1";

    private final String fileName;

    PackFile(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(PackFile::fileName).toList();
    }
}
