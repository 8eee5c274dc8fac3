package io.mealexpense.query.readmodel;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table whose columns are the components of a record, in any order; a component that is a record itself is unwrapped
 * and stands for its own ones. Rows travel as one JSON parameter, so a batch is
 * one statement however many there are. The name is unqualified: the transaction's search path says which generation.
 */
public final class Table<R extends Record> {

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private final JdbcClient jdbc;
    private final String name;
    private final Class<R> type;
    private final List<String> columns;
    private final CopyFormat<R> copyFormat;

    public Table(JdbcClient jdbc, String name, Class<R> type) {
        this.jdbc = jdbc;
        this.name = name;
        this.type = type;
        this.columns = columnsOf(type);
        this.copyFormat = new CopyFormat<>(type);
    }

    /** The components' names; those of a record within the record stand in its place. */
    public static List<String> columnsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getType().isRecord()
                        ? columnsOf(component.getType()).stream()
                        : Stream.of(CAPITAL.matcher(component.getName())
                                .replaceAll(letter -> "_" + letter.group().toLowerCase(Locale.ROOT))))
                .toList();
    }

    /** Reads a row selected as {@code to_json(<alias>)}. */
    public RowMapper<R> mapper(String column) {
        return (row, number) -> ReadModelJson.MAPPER.readValue(row.getString(column), type);
    }

    List<R> byId(Collection<UUID> ids) {
        return jdbc.sql("SELECT to_json(t) AS row FROM %s t WHERE %s = ANY (?::uuid[])".formatted(name, columns.get(0)))
                .param(arrayOf(ids))
                .query(mapper("row"))
                .list();
    }

    /** Writes rows over those of a lower sequence and says how many were written. */
    int replace(Collection<R> rows) {
        var changes = columns.stream()
                .skip(1)
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return insert(
                rows,
                "ON CONFLICT (%s) DO UPDATE SET %s WHERE %s.sequence < excluded.sequence"
                        .formatted(columns.get(0), changes, name));
    }

    /** Writes the rows that are not there yet. */
    public int add(Collection<R> rows) {
        return insert(rows, "ON CONFLICT (%s) DO NOTHING".formatted(columns.get(0)));
    }

    int insert(Collection<R> rows, String onConflict) {
        if (rows.isEmpty()) {
            return 0;
        }
        var listed = String.join(", ", columns);
        return jdbc.sql("INSERT INTO %s (%s) SELECT %s FROM json_populate_recordset(NULL::%s, ?::json) %s"
                        .formatted(name, listed, listed, name, onConflict))
                .param(ReadModelJson.MAPPER.writeValueAsString(rows))
                .update();
    }

    /** Adds rows to what is to be copied into a table that has none of them. */
    void copy(List<CopyRows> copies, Collection<R> rows) {
        copyFormat.add(copies, name, columns, rows);
    }

    String name() {
        return name;
    }

    ReadModelTable described() {
        return new ReadModelTable(name, List.of(columns.get(0)), ReadModelTable.Kind.ROWS);
    }

    /** A PostgreSQL array as one parameter, whatever its length. */
    public static String arrayOf(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
