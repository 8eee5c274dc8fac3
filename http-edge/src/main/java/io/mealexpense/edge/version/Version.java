package io.mealexpense.edge.version;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sequence of an aggregate's last event as an entity tag: {@code "n"}, first 0. */
public final class Version {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(0|[1-9][0-9]{0,17})\"");

    private Version() {}

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version an {@code If-Match} header names; weak tags count, because proxies weaken them.
     *
     * @throws ProblemException 428 without a header, 400 for {@code *}, lists and anything else
     */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(
                    ProblemType.VERSION_REQUIRED, "Send If-Match with the ETag of the version you have seen.");
        }
        var matcher = TAG.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw ProblemException.invalid("If-Match", "is not one entity tag such as \"3\"");
        }
        return Long.parseLong(matcher.group(1));
    }
}
