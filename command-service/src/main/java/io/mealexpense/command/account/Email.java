package io.mealexpense.command.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An e-mail address as accounts are found by: NFC, lower case; what cannot be one cannot be built. */
public record Email(String value) {

    /** Characters, by the longest path of RFC 5321, section 4.5.3.1.3. */
    public static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL_PART = 64;

    /** What mail systems deliver, not everything RFC 5322 could spell: no quotes, comments or address literals. */
    private static final Pattern FORM =
            Pattern.compile("[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?\\.)+"
                    + "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?");

    public Email {
        if (refused(value)) {
            throw new IllegalArgumentException("Not an e-mail address");
        }
    }

    /** The address somebody typed, empty if it cannot be one. */
    public static Optional<Email> parse(String typed) {
        if (typed.length() > 2 * MAX_LENGTH) {
            return Optional.empty();
        }
        var normal = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return refused(normal) ? Optional.empty() : Optional.of(new Email(normal));
    }

    private static boolean refused(String value) {
        return value.length() > MAX_LENGTH
                || value.indexOf('@') > MAX_LOCAL_PART
                || !FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
