package io.mealexpense.command.expenseimport.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A cell with several entries in it, as our own export writes it: {@code Carol; "Smith; Bob"}. Semicolons separate, and
 * an entry in quotation marks may contain them; its own quotation marks are then doubled. Marks that do not enclose an
 * entry as a whole are part of it, as they are everywhere else.
 */
final class ListCell {

    private static final Pattern ENTRY =
            Pattern.compile("\\s*+(?:\"(?<quoted>(?:[^\"]++|\"\")*+)\"\\s*+(?=;|\\z)|(?<plain>[^;]*+))(?:;|\\z)");

    private ListCell() {}

    /** The entries that are not empty, in a list of the caller's own. */
    static List<String> entries(String cell) {
        var entries = new ArrayList<String>();
        var entry = ENTRY.matcher(cell);
        while (entry.find()) {
            var quoted = entry.group("quoted");
            var text = quoted == null ? entry.group("plain").strip() : quoted.replace("\"\"", "\"");
            if (!text.isEmpty()) {
                entries.add(text);
            }
        }
        return entries;
    }
}
