package io.mealexpense.edge.json;

import java.util.Optional;

/** What text can be kept. */
public final class Text {

    private Text() {}

    /** Why PostgreSQL cannot keep the text, empty if it can. */
    public static Optional<String> whyNotStorable(CharSequence text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\u0000') {
                return Optional.of("contains a NUL character");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return Optional.of("contains half of a character");
            }
        }
        return Optional.empty();
    }
}
