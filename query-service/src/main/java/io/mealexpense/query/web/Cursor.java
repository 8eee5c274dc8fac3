package io.mealexpense.query.web;

import io.mealexpense.edge.json.Text;
import io.mealexpense.edge.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a page ended: the sort key and id of its last row. It continues one list only, so it carries a print of the
 * filter and sort it was made for.
 */
public final class Cursor {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PRINT_BYTES = 9;

    private Cursor() {}

    /** Made of the keys of the last row; {@code list} says which filter and sort it continues. */
    public static String of(String list, String... keys) {
        var content = JSON.writeValueAsBytes(new String[][] {{print(list)}, keys});
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    /** The keys of the last row; empty at the beginning. */
    public static List<String> keys(@Nullable String cursor, String list, int count) {
        if (cursor == null) {
            return List.of();
        }
        String[][] content;
        try {
            content = JSON.readValue(Base64.getUrlDecoder().decode(cursor), String[][].class);
        } catch (IllegalArgumentException | JacksonException notOurs) {
            throw refused("was not made here");
        }
        if (content == null
                || content.length != 2
                || Arrays.stream(content)
                        .anyMatch(part -> part == null || Arrays.asList(part).contains(null))
                || content[0].length != 1
                || content[1].length != count
                || Arrays.stream(content[1])
                        .anyMatch(key -> Text.whyNotStorable(key).isPresent())) {
            throw refused("was not made here");
        }
        if (!content[0][0].equals(print(list))) {
            throw refused("belongs to another filter or sort");
        }
        return List.of(content[1]);
    }

    /** The problem of a cursor whose keys say nothing. */
    public static ProblemException refused(String why) {
        return ProblemException.invalid("cursor", why);
    }

    private static String print(String list) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, PRINT_BYTES));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
