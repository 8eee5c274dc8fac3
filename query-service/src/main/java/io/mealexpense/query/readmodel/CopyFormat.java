package io.mealexpense.query.readmodel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Records as rows of PostgreSQL's binary COPY format: the fastest way in, and half the server's work of COPY from text.
 * It converts nothing, so a component's type says what its column has to be.
 */
final class CopyFormat<R extends Record> {

    /** Puts a value that is there. */
    @FunctionalInterface
    private interface Encoding {
        void put(CopyBuffer buffer, Object value);
    }

    private static final Map<Class<?>, Encoding> ENCODINGS = Map.ofEntries(
            Map.entry(UUID.class, (buffer, value) -> buffer.uuid((UUID) value)),
            Map.entry(String.class, (buffer, value) -> buffer.text((String) value)),
            Map.entry(boolean.class, (buffer, value) -> buffer.bool((boolean) value)),
            Map.entry(int.class, (buffer, value) -> buffer.int4((int) value)),
            Map.entry(Integer.class, (buffer, value) -> buffer.int4((int) value)),
            Map.entry(long.class, (buffer, value) -> buffer.int8((long) value)),
            Map.entry(BigDecimal.class, (buffer, value) -> buffer.numeric((BigDecimal) value)),
            Map.entry(LocalDate.class, (buffer, value) -> buffer.date((LocalDate) value)),
            Map.entry(LocalTime.class, (buffer, value) -> buffer.time((LocalTime) value)),
            Map.entry(Instant.class, (buffer, value) -> buffer.timestamptz((Instant) value)),
            Map.entry(List.class, (buffer, value) -> buffer.texts((List<?>) value)),
            Map.entry(JsonNode.class, (buffer, value) -> buffer.text(value.toString())));

    private record Column(MethodHandle value, Encoding encoding) {}

    private final Column[] components;

    CopyFormat(Class<R> type) {
        components = columns(type, MethodHandles.identity(Record.class)).toArray(Column[]::new);
    }

    /** Those of a record within the record stand in its place. */
    private static Stream<Column> columns(Class<?> type, MethodHandle path) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            var value = MethodHandles.filterReturnValue(path, reader(component));
            return component.getType().isRecord()
                    ? columns(component.getType(), value.asType(MethodType.methodType(Record.class, Record.class)))
                    : Stream.of(new Column(value, encoding(component)));
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

    private static Encoding encoding(RecordComponent component) {
        var encoding = ENCODINGS.get(component.getType());
        if (encoding == null) {
            throw new IllegalStateException("%s cannot be copied".formatted(component));
        }
        return encoding;
    }

    /** Adds the rows to what is to be copied, if there are any. */
    void add(List<CopyRows> copies, String table, List<String> columns, Collection<R> rows) {
        add(copies, table, columns, rows, Function.identity(), (buffer, row) -> {});
    }

    /** Keys with what they sum up to, as the last two columns. */
    void add(List<CopyRows> copies, String table, List<String> columns, Map<R, Sum> sums) {
        add(copies, table, columns, sums.entrySet(), Map.Entry::getKey, (buffer, entry) -> {
            buffer.numeric(entry.getValue().amount());
            buffer.int8(entry.getValue().count());
        });
    }

    /**
     * Rows that begin with a record.
     *
     * @param more puts the columns behind those of the record
     */
    <T> void add(
            List<CopyRows> copies,
            String table,
            List<String> columns,
            Collection<T> rows,
            Function<T, R> record,
            BiConsumer<CopyBuffer, T> more) {
        if (rows.isEmpty()) {
            return;
        }
        var buffer = new CopyBuffer();
        for (var each : rows) {
            buffer.row(columns.size());
            put(buffer, record.apply(each));
            more.accept(buffer, each);
        }
        copies.add(new CopyRows(table, columns, buffer.end()));
    }

    private void put(CopyBuffer buffer, R row) {
        for (var component : components) {
            var value = value(component, row);
            if (value == null) {
                buffer.absent();
            } else {
                component.encoding().put(buffer, value);
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
}
