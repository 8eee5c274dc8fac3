package io.mealexpense.query.readmodel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tools.jackson.databind.JsonNode;

/** Records as lines of PostgreSQL's COPY text format: the fastest way in. */
final class CopyText<R extends Record> {

    /** Characters sent at a time. */
    private static final int PIECE = 1 << 16;

    /** Appends a value that is there. */
    @FunctionalInterface
    private interface Spelling {
        void append(StringBuilder text, Object value);
    }

    private record Column(MethodHandle value, Spelling spelling) {}

    private final Column[] components;

    CopyText(Class<R> type) {
        components = columns(type, MethodHandles.identity(Record.class)).toArray(Column[]::new);
    }

    /** Those of a record within the record stand in its place. */
    private static Stream<Column> columns(Class<?> type, MethodHandle path) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            var value = MethodHandles.filterReturnValue(path, reader(component));
            return component.getType().isRecord()
                    ? columns(component.getType(), value.asType(MethodType.methodType(Record.class, Record.class)))
                    : Stream.of(new Column(value, spelling(component.getType())));
        });
    }

    private static MethodHandle reader(RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(Object.class, Record.class));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Spelling spelling(Class<?> type) {
        if (type == String.class) {
            return (text, value) -> escaped(text, (String) value);
        }
        if (type == BigDecimal.class) {
            return (text, value) -> text.append(((BigDecimal) value).toPlainString());
        }
        if (type == List.class) {
            return (text, value) -> array(text, (List<?>) value);
        }
        if (type == JsonNode.class) {
            return (text, value) -> escaped(text, value.toString());
        }
        // numbers, truth, days, times, instants and ids are spelt as PostgreSQL reads them
        return StringBuilder::append;
    }

    void copy(Connection connection, String table, List<String> columns, Collection<R> rows) throws SQLException {
        copy(connection, table, columns, rows, Function.identity(), (text, row) -> {});
    }

    /** Keys with what they sum up to, as the last two columns. */
    void copy(Connection connection, String table, List<String> columns, Map<R, Sum> sums) throws SQLException {
        copy(
                connection,
                table,
                columns,
                sums.entrySet(),
                Map.Entry::getKey,
                (text, entry) -> text.append('\t')
                        .append(entry.getValue().amount().toPlainString())
                        .append('\t')
                        .append(entry.getValue().count()));
    }

    /**
     * Lines that begin with a record.
     *
     * @param more appends the columns behind those of the record, each after a tab
     */
    <T> void copy(
            Connection connection,
            String table,
            List<String> columns,
            Collection<T> lines,
            Function<T, R> record,
            BiConsumer<StringBuilder, T> more)
            throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        var copy = begin(connection, table, columns);
        var text = new StringBuilder(PIECE + PIECE / 4);
        try {
            for (var each : lines) {
                line(text, record.apply(each));
                more.accept(text, each);
                text.append('\n');
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
        for (var i = 0; i < components.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            var value = value(components[i], row);
            if (value == null) {
                text.append("\\N");
            } else {
                components[i].spelling().append(text, value);
            }
        }
    }

    private static @Nullable Object value(Column column, Record row) {
        try {
            return (Object) column.value().invokeExact(row);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void array(StringBuilder text, List<?> values) {
        if (values.isEmpty()) {
            text.append("{}");
            return;
        }
        var array = new StringBuilder("{");
        for (var value : values) {
            if (array.length() > 1) {
                array.append(',');
            }
            array.append('"');
            var element = String.valueOf(value);
            for (var i = 0; i < element.length(); i++) {
                var character = element.charAt(i);
                if (character == '"' || character == '\\') {
                    array.append('\\');
                }
                array.append(character);
            }
            array.append('"');
        }
        escaped(text, array.append('}').toString());
    }

    private static void escaped(StringBuilder text, String value) {
        var done = 0;
        for (var i = 0; i < value.length(); i++) {
            var character = value.charAt(i);
            if (character == '\\' || character == '\t' || character == '\n' || character == '\r') {
                text.append(value, done, i).append('\\').append(letter(character));
                done = i + 1;
            }
        }
        text.append(value, done, value.length());
    }

    private static char letter(char escaped) {
        return switch (escaped) {
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\r' -> 'r';
            default -> escaped;
        };
    }
}
