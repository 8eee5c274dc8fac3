package io.mealexpense.query.readmodel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Records as lines of PostgreSQL's COPY text format: the fastest way in. */
final class CopyText<R extends Record> {

    /** Characters sent at a time. */
    private static final int PIECE = 1 << 16;

    private final List<MethodHandle> components;

    CopyText(Class<R> type) {
        components =
                Arrays.stream(type.getRecordComponents()).map(CopyText::reader).toList();
    }

    private static MethodHandle reader(RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(accessor)
                    .asType(java.lang.invoke.MethodType.methodType(Object.class, Record.class));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void copy(Connection connection, String table, List<String> columns, Collection<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var copy = begin(connection, table, columns);
        var text = new StringBuilder(PIECE + PIECE / 4);
        try {
            for (var row : rows) {
                line(text, row);
                text.append('\n');
                sendFull(copy, text);
            }
            end(copy, text);
        } finally {
            abandon(copy);
        }
    }

    /** Keys with what they sum up to, as the last two columns. */
    void copy(Connection connection, String table, List<String> columns, Map<R, Sum> sums) throws SQLException {
        if (sums.isEmpty()) {
            return;
        }
        var copy = begin(connection, table, columns);
        var text = new StringBuilder(PIECE + PIECE / 4);
        try {
            for (var entry : sums.entrySet()) {
                line(text, entry.getKey());
                text.append('\t')
                        .append(entry.getValue().amount().toPlainString())
                        .append('\t')
                        .append(entry.getValue().count())
                        .append('\n');
                sendFull(copy, text);
            }
            end(copy, text);
        } finally {
            abandon(copy);
        }
    }

    private static CopyIn begin(Connection connection, String table, List<String> columns) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns)));
    }

    private static void sendFull(CopyIn copy, StringBuilder text) throws SQLException {
        if (text.length() >= PIECE) {
            send(copy, text);
        }
    }

    private static void send(CopyIn copy, StringBuilder text) throws SQLException {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private static void end(CopyIn copy, StringBuilder text) throws SQLException {
        send(copy, text);
        copy.endCopy();
    }

    private static void abandon(CopyIn copy) throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void line(StringBuilder text, R row) {
        var first = true;
        for (var component : components) {
            if (!first) {
                text.append('\t');
            }
            first = false;
            try {
                value(text, (Object) component.invokeExact((Record) row));
            } catch (RuntimeException | Error failed) {
                throw failed;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static void value(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case null -> text.append("\\N");
            case String string -> escaped(text, string);
            case BigDecimal number -> text.append(number.toPlainString());
            case List<?> list -> escaped(text, array(list));
            // numbers, truth, days, times, instants, ids and JSON are spelt as PostgreSQL reads them
            default -> escaped(text, value.toString());
        }
    }

    private static String array(List<?> values) {
        var array = new StringBuilder("{");
        for (var value : values) {
            if (array.length() > 1) {
                array.append(',');
            }
            array.append('"');
            var text = String.valueOf(value);
            for (var i = 0; i < text.length(); i++) {
                var character = text.charAt(i);
                if (character == '"' || character == '\\') {
                    array.append('\\');
                }
                array.append(character);
            }
            array.append('"');
        }
        return array.append('}').toString();
    }

    private static void escaped(StringBuilder text, String value) {
        for (var i = 0; i < value.length(); i++) {
            var character = value.charAt(i);
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(character);
            }
        }
    }
}
