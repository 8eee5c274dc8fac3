package io.mealexpense.command.web;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** What people type. */
public final class FreeText {

    private FreeText() {}

    /** Its normal form: composed characters, no blanks around, nothing instead of empty. */
    public static @Nullable String normal(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var normal = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        return normal.isEmpty() ? null : normal;
    }
}
