package io.mealexpense.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps demonstrations and real accounts apart: a data folder is one or the other from its first start on. */
final class DataStore {

    /** In the folders of demonstrations. */
    static final String DEMO_MARK = "demonstration";

    static final class WrongKindException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongKindException(String message) {
            super(message);
        }
    }

    private DataStore() {}

    /**
     * @return whether it is the folder's first start
     * @throws WrongKindException if the folder is in use for the other purpose
     */
    static boolean claim(Path folder, boolean demo) {
        var mark = folder.resolve(DEMO_MARK);
        var used = Files.exists(folder.resolve("postgres"));
        if (demo && used && !Files.exists(mark)) {
            throw new WrongKindException(
                    folder + " holds real accounts; a demonstration needs a --data-dir of its own.");
        }
        if (!demo && Files.exists(mark)) {
            throw new WrongKindException(folder + " holds a demonstration; start it with --demo.");
        }
        try {
            Files.createDirectories(folder);
            if (demo && !Files.exists(mark)) {
                Files.writeString(mark, "This folder holds a demonstration of the Meal Expense Tracker.\n");
            }
            return !used;
        } catch (IOException failure) {
            throw new UncheckedIOException("%s cannot be used: %s".formatted(folder, failure.getMessage()), failure);
        }
    }
}
