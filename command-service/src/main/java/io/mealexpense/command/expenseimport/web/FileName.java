package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.web.FreeText;
import io.mealexpense.edge.json.Text;
import org.jspecify.annotations.Nullable;

/** What a file was called where it came from. It is told to people only; nothing is looked up by it. */
final class FileName {

    private static final int LONGEST = 200;

    private FileName() {}

    /** Without folders, control characters and what is too long; absent if nothing is left that a database can keep. */
    static @Nullable String of(@Nullable String given) {
        if (given == null || Text.whyNotStorable(given).isPresent()) {
            return null;
        }
        var base = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        return FreeText.normal(base.codePoints()
                .filter(character -> !Character.isISOControl(character))
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }
}
