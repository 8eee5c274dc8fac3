package io.mealexpense.command.expense.web;

import io.mealexpense.command.eventstore.RequestContext.Retry;
import io.mealexpense.edge.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Idempotency-Key} and fingerprints what it stands for. */
public final class Retries {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,100}");

    private Retries() {}

    /**
     * @param request the normalised parts of the request
     * @return nothing if the client gave no key
     */
    public static @Nullable Retry of(@Nullable String idempotencyKey, @Nullable Object... request) {
        if (idempotencyKey == null) {
            return null;
        }
        if (!FORM.matcher(idempotencyKey).matches()) {
            throw ProblemException.invalid("Idempotency-Key", "has 1 to 100 visible ASCII characters");
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(Arrays.deepToString(request).getBytes(StandardCharsets.UTF_8));
            return new Retry(idempotencyKey, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
