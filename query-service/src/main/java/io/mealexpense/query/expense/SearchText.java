package io.mealexpense.query.expense;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text without case, accents and runs of spaces; decided here, because databases differ in what they call equal. */
public final class SearchText {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private SearchText() {}

    /** The text as it is compared; empty for none. */
    public static String normalised(@Nullable String text) {
        if (text == null) {
            return "";
        }
        if (isPlain(text)) {
            return text.strip().toLowerCase(Locale.ROOT);
        }
        // upper case first: it spells ß as SS, as people who have no ß do
        var folded = withoutMarks(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return SPACES.matcher(withoutStrokes(withoutMarks(folded)))
                .replaceAll(" ")
                .strip();
    }

    /** Nothing but ASCII letters, digits and signs, with single spaces between: already as it should be but for case. */
    private static boolean isPlain(String text) {
        var before = 'x';
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character < ' ' || character > '~' || (character == ' ' && before == ' ')) {
                return false;
            }
            before = character;
        }
        return true;
    }

    private static String withoutMarks(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    }

    /** Letters that Unicode does not take apart although readers do. */
    private static String withoutStrokes(String text) {
        return text.replace('ø', 'o')
                .replace('ł', 'l')
                .replace('đ', 'd')
                .replace("æ", "ae")
                .replace("œ", "oe");
    }

    /** What one expense is found by; a line each, so that no match spans two of them. */
    public static String of(@Nullable String... texts) {
        return Stream.of(texts)
                .filter(Objects::nonNull)
                .map(SearchText::normalised)
                .collect(Collectors.joining("\n"));
    }

    /** The words of a search as LIKE patterns, all of which must be found. */
    public static List<String> patterns(String search) {
        return Arrays.stream(normalised(search).split(" "))
                .filter(word -> !word.isEmpty())
                .distinct()
                .map(SearchText::contains)
                .toList();
    }

    /** A LIKE pattern for normalised text somewhere within. */
    public static String contains(String normalised) {
        return "%" + normalised.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
