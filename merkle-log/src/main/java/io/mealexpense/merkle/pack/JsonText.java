package io.mealexpense.merkle.pack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts as JSON has them (RFC 8259). */
final class JsonText {

    private JsonText() {}

    static String of(String text) {
        var json = new StringBuilder(text.length() + 16).append('"');
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character < 0x20) {
                        json.append("\\u%04x".formatted((int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    /** Of bytes in UTF-8. */
    static String of(byte @Nullable [] text) {
        return text == null ? "null" : of(new String(text, StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return of(Base64.getEncoder().encodeToString(bytes));
    }

    static String base64(List<byte[]> list) {
        return list.stream().map(JsonText::base64).collect(Collectors.joining(",", "[", "]"));
    }
}
