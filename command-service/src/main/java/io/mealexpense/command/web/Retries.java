package io.mealexpense.command.web;

import io.mealexpense.command.eventstore.RequestContext.Retry;
import io.mealexpense.edge.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code Idempotency-Key} and fingerprints what it stands for. */
public final class Retries {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,100}");

    /** Not toString(), which cannot tell nothing from "null" and one name from two. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
            var digest = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(request));
            return new Retry(idempotencyKey, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
