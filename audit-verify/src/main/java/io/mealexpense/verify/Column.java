package io.mealexpense.verify;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of a read model, and how its values are spelt so that those that mean the same are the same text. */
record Column(String name, Kind kind) {

    /** Stands between the items of a list; no text of ours has it. */
    private static final String BETWEEN = "\u001f";

    /** What a column holds. */
    enum Kind {
        /** As it is: names, identifiers, days, numbers without fractions, true and false. */
        PLAIN,

        /** Text that people wrote: it is compared, and not printed. */
        PERSONAL,

        /** A list of such texts. */
        PERSONAL_LIST,

        /** A decimal number; 12.5 is 12.50. */
        AMOUNT,

        /** A time of day. */
        TIME,

        /** A moment, in microseconds since 1970. */
        MOMENT;

        private String select(String column) {
            return switch (this) {
                case PLAIN, PERSONAL, AMOUNT, TIME -> column + "::text";
                case PERSONAL_LIST -> "array_to_json(" + column + ")::text";
                case MOMENT -> "(extract(epoch FROM " + column + ") * 1000000)::bigint::text";
            };
        }

        private String spelt(String text) {
            return switch (this) {
                case PLAIN, PERSONAL, MOMENT -> text;
                case AMOUNT -> amount(text);
                case TIME -> time(text);
                case PERSONAL_LIST ->
                    list(new Json.Fields(Map.of("list", Objects.requireNonNull(Json.parse(text)))).texts("list"));
            };
        }
    }

    static Column plain(String name) {
        return new Column(name, Kind.PLAIN);
    }

    static String amount(String text) {
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    static String time(String text) {
        return LocalTime.parse(text).toString();
    }

    static String list(List<String> items) {
        return items.size() + BETWEEN + String.join(BETWEEN, items);
    }

    /** For a SELECT that {@link #read} understands. */
    String select() {
        return kind.select(name);
    }

    @Nullable
    String read(@Nullable String text) {
        return text == null ? null : kind.spelt(text);
    }

    /** What is to be said of a value that is another than the log's. */
    String difference(@Nullable String found, @Nullable String expected) {
        return switch (kind) {
            case PERSONAL, PERSONAL_LIST -> "it is not what the log says";
            default -> "it is %s, and %s by the log".formatted(found, expected);
        };
    }
}
