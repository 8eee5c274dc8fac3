package io.mealexpense.edge.version;

import io.mealexpense.edge.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The log position of a command's last event, as an opaque header: a read that sends it sees at least that write. */
public final class ConsistencyToken {

    public static final String HEADER = "Consistency-Token";

    private static final Pattern FORM = Pattern.compile("p([1-9][0-9]{0,17})");

    private ConsistencyToken() {}

    public static String of(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("p" + position).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The highest position among all tokens of the headers, comma-separated or repeated; empty if there is none.
     *
     * @throws ProblemException 400 if one was not made here
     */
    public static OptionalLong highest(Collection<String> headers) {
        return headers.stream()
                .flatMap(header -> Pattern.compile(",").splitAsStream(header))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .mapToLong(ConsistencyToken::position)
                .max();
    }

    private static long position(String token) {
        try {
            var matcher = FORM.matcher(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
            if (matcher.matches()) {
                return Long.parseLong(matcher.group(1));
            }
        } catch (IllegalArgumentException notBase64) {
            // told below, like every other token that was not made here
        }
        throw ProblemException.invalid(HEADER, "is not a token of this service");
    }
}
