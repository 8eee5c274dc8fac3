package io.mealexpense.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, texts, {@link BigDecimal}s, booleans and null, and takes nothing else: no name
 * twice in one object, nothing after the end. Of our own, so that this program needs no library to be believed.
 */
final class Json {

    private static final int DEEPEST = 64;

    /** Longer ones are no figures of ours, and could cost a lot. */
    private static final int LONGEST_NUMBER = 64;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is no JSON */
    static @Nullable Object parse(String text) {
        var json = new Json(text);
        json.skipSpace();
        var value = json.value();
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.wrong("something after the end");
        }
        return value;
    }

    /** @throws IllegalArgumentException if it is no JSON object */
    static Fields object(String text) {
        return Fields.of(parse(text));
    }

    /** The fields of an object, asked for by name; what is missing or of another kind is an IllegalArgumentException. */
    record Fields(Map<String, @Nullable Object> values) {

        static Fields of(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, field) -> fields.put(String.valueOf(name), field));
                return new Fields(fields);
            }
            throw new IllegalArgumentException("no JSON object");
        }

        /** Refuses fields with other names. */
        Fields only(String... names) {
            for (var name : values.keySet()) {
                if (!List.of(names).contains(name)) {
                    throw new IllegalArgumentException("unknown field " + name);
                }
            }
            return this;
        }

        private <T> T as(Class<T> kind, String name) {
            var value = values.get(name);
            if (!kind.isInstance(value)) {
                throw new IllegalArgumentException((value == null ? "there is no " : "of another kind is ") + name);
            }
            return kind.cast(value);
        }

        String text(String name) {
            return as(String.class, name);
        }

        @Nullable
        String textOrNull(String name) {
            return values.get(name) == null ? null : text(name);
        }

        long number(String name) {
            try {
                return as(BigDecimal.class, name).longValueExact();
            } catch (ArithmeticException noInteger) {
                throw new IllegalArgumentException("no whole number is " + name, noInteger);
            }
        }

        Fields object(String name) {
            return of(as(Map.class, name));
        }

        List<?> list(String name) {
            return as(List.class, name);
        }

        List<String> texts(String name) {
            var texts = new ArrayList<String>();
            for (var item : list(name)) {
                if (!(item instanceof String text)) {
                    throw new IllegalArgumentException("no list of texts is " + name);
                }
                texts.add(text);
            }
            return texts;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("no JSON: %s at %d".formatted(what, at));
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("the end");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void require(String expected) {
        if (!text.startsWith(expected, at)) {
            throw wrong("not " + expected);
        }
        at += expected.length();
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> nested(this::members);
            case '[' -> nested(this::items);
            case '"' -> string();
            case 't' -> {
                require("true");
                yield true;
            }
            case 'f' -> {
                require("false");
                yield false;
            }
            case 'n' -> {
                require("null");
                yield null;
            }
            default -> figure();
        };
    }

    private Object nested(Supplier<Object> content) {
        if (++depth > DEEPEST) {
            throw wrong("too deep");
        }
        at++;
        skipSpace();
        var value = content.get();
        depth--;
        return value;
    }

    private Object members() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            if (peek() != '"') {
                throw wrong("no name");
            }
            var name = string();
            skipSpace();
            require(":");
            skipSpace();
            if (members.containsKey(name)) {
                throw wrong(name + " is there twice");
            }
            members.put(name, value());
            skipSpace();
            if (peek() == '}') {
                at++;
                return members;
            }
            require(",");
            skipSpace();
        }
    }

    private Object items() {
        var items = new ArrayList<@Nullable Object>();
        if (peek() == ']') {
            at++;
            return items;
        }
        while (true) {
            items.add(value());
            skipSpace();
            if (peek() == ']') {
                at++;
                return items;
            }
            require(",");
            skipSpace();
        }
    }

    private String string() {
        at++;
        var string = new StringBuilder();
        while (true) {
            var character = peek();
            at++;
            if (character == '"') {
                return string.toString();
            }
            if (character < 0x20) {
                throw wrong("a control character");
            }
            string.append(character == '\\' ? escaped() : character);
        }
    }

    private char escaped() {
        var character = peek();
        at++;
        return switch (character) {
            case '"', '\\', '/' -> character;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw wrong("no character");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong("no escape");
        };
    }

    private BigDecimal figure() {
        var begin = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var figure = text.substring(begin, at);
        if (figure.length() > LONGEST_NUMBER || !figure.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
            throw wrong("no value");
        }
        return new BigDecimal(figure);
    }
}
