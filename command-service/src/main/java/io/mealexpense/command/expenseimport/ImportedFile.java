package io.mealexpense.command.expenseimport;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file whose rows have been read, none recorded.
 *
 * @param hash SHA-256 of the file, lower-case hexadecimal
 * @param name what it was called where it came from, absent where nobody said
 * @param columns the file's own name of each property of an expense that it carries
 */
public record ImportedFile(String hash, @Nullable String name, Map<String, String> columns, List<ImportRow> rows) {

    public static String hash(byte[] file) {
        return HexFormat.of().formatHex(DerivedId.sha256(file));
    }

    /** What whoever wrote the file calls this property. */
    String column(String property) {
        return columns.getOrDefault(property, property);
    }
}
