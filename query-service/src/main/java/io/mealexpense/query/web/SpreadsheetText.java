package io.mealexpense.query.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text in a cell of a CSV file. What a spreadsheet would take for a formula, because it begins with {@code = + - @}, a
 * tab or a carriage return, gets an apostrophe in front. Text that already begins with apostrophes before such a
 * character gets one more, so that taking off one restores every text.
 */
public final class SpreadsheetText {

    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r].*");

    private SpreadsheetText() {}

    public static @Nullable String guarded(@Nullable String text) {
        return text != null && FORMULA.matcher(text).matches() ? "'" + text : text;
    }
}
