package io.mealexpense.query.rebuild;

import io.mealexpense.query.readmodel.ReadModelTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares two copies of a read model at one position, by a sum of hashes, and row by row where these differ. */
final class CopyComparer {

    private static final int EXAMPLES = 5;

    private final Connection snapshot;
    private final String live;
    private final Connection besideSnapshot;
    private final String rebuilt;
    private final ExecutorService beside;

    /**
     * @param snapshot a transaction that sees both copies at one position
     * @param live schema of the live copy
     * @param besideSnapshot another one, for what is done beside
     * @param rebuilt schema of the new copy
     * @param beside hashes one copy while the other one is hashed
     */
    CopyComparer(Connection snapshot, String live, Connection besideSnapshot, String rebuilt, ExecutorService beside) {
        this.snapshot = snapshot;
        this.live = live;
        this.besideSnapshot = besideSnapshot;
        this.rebuilt = rebuilt;
        this.beside = beside;
    }

    /** A column in SQL: equal text for equal content, and a value that hashes all of it. */
    private record Column(String name, String comparable, String hashable) {}

    private record Checksum(long rows, String sum) {}

    Comparison compare(String projection, long position, List<ReadModelTable> tables)
            throws SQLException, InterruptedException {
        var rows = 0L;
        var digest = sha256();
        var differing = new ArrayList<Comparison.Table>();
        for (var table : tables) {
            var columns = columns(table);
            var rebuilding = beside.submit(() -> checksum(besideSnapshot, rebuilt, table, columns));
            var before = checksum(snapshot, live, table, columns);
            var after = LogCopier.outcome(rebuilding);
            rows += after.rows();
            digest.update("%s %s\n".formatted(table.name(), after).getBytes(StandardCharsets.UTF_8));
            if (!before.equals(after)) {
                differing.add(differences(table, columns));
            }
        }
        return new Comparison(
                projection,
                position,
                differing.isEmpty(),
                rows,
                HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 8)),
                differing);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * 13.2 is 13.20, and JSON has no equality of its own. PostgreSQL hashes numbers without their sign and eight bytes
     * folded to four, which is enough to find a row and too little to trust one: these are hashed as they are sent.
     */
    private List<Column> columns(ReadModelTable table) throws SQLException {
        try (var query = snapshot.prepareStatement("""
                SELECT quote_ident(a.attname),
                       CASE t.typname WHEN 'json' THEN '%s::text' WHEN 'numeric' THEN 'trim_scale(%s)' ELSE '%s' END,
                       CASE WHEN t.typname = 'json' THEN '%s::text'
                            WHEN t.typname = 'numeric' THEN 'numeric_send(trim_scale(%s))'
                            WHEN t.typname IN ('int8', 'time', 'timestamptz') THEN t.typsend::text || '(%s)'
                            ELSE '%s' END
                  FROM pg_attribute a
                  JOIN pg_type t ON t.oid = a.atttypid
                 WHERE a.attrelid = format('%I.%I', ?::text, ?::text)::regclass AND a.attnum > 0 AND NOT a.attisdropped
                 ORDER BY a.attnum
                """)) {
            query.setString(1, rebuilt);
            query.setString(2, table.name());
            var columns = new ArrayList<Column>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var name = row.getString(1);
                    columns.add(new Column(
                            name,
                            row.getString(2).replace("%s", name),
                            row.getString(3).replace("%s", name)));
                }
            }
            return columns;
        }
    }

    /** The rows of a copy; sums of nothing do not count. */
    private static String rowsOf(String schema, ReadModelTable table) {
        return schema + "." + table.name()
                + (table.kind() == ReadModelTable.Kind.TOTALS ? " WHERE count <> 0 OR amount <> 0" : "");
    }

    /** Rows of a copy as text. */
    private static String rows(String schema, ReadModelTable table, List<Column> columns) {
        return "SELECT %s, ROW(%s)::text AS content FROM %s"
                .formatted(
                        listed(columns, column -> column.comparable() + " AS " + column.name()),
                        listed(columns, Column::comparable),
                        rowsOf(schema, table));
    }

    private static String listed(List<Column> columns, Function<Column, String> sql) {
        return columns.stream().map(sql).collect(Collectors.joining(", "));
    }

    private static Checksum checksum(Connection snapshot, String schema, ReadModelTable table, List<Column> columns)
            throws SQLException {
        try (var query = snapshot.createStatement();
                var row =
                        query.executeQuery("SELECT count(*), coalesce(sum(hash_record_extended(ROW(%s), 0)), 0) FROM %s"
                                .formatted(listed(columns, Column::hashable), rowsOf(schema, table)))) {
            row.next();
            return new Checksum(row.getLong(1), row.getString(2));
        }
    }

    private Comparison.Table differences(ReadModelTable table, List<Column> columns) throws SQLException {
        var key = table.key().stream().collect(Collectors.joining(", ", "ROW(", ")::text"));
        var differing = """
                FROM (SELECT %1$s AS row_key, t.* FROM (%2$s) t) a
                FULL JOIN (SELECT %1$s AS row_key, t.* FROM (%3$s) t) b ON a.row_key = b.row_key
                WHERE a.content IS DISTINCT FROM b.content
                """.formatted(key, rows(live, table, columns), rows(rebuilt, table, columns));
        try (var query = snapshot.createStatement();
                var row = query.executeQuery("SELECT count(*) FILTER (WHERE b.row_key IS NULL),"
                        + " count(*) FILTER (WHERE a.row_key IS NULL),"
                        + " count(*) FILTER (WHERE a.row_key = b.row_key) " + differing)) {
            row.next();
            return new Comparison.Table(
                    table.name(), row.getLong(1), row.getLong(2), row.getLong(3), examples(table, columns, differing));
        }
    }

    private List<Comparison.Example> examples(ReadModelTable table, List<Column> columns, String differing)
            throws SQLException {
        var keys = table.key().stream()
                .map("coalesce(a.%1$s, b.%1$s)::text"::formatted)
                .collect(Collectors.joining(", "));
        var changed = listed(
                columns,
                column -> "CASE WHEN a.%1$s::text IS DISTINCT FROM b.%1$s::text THEN '%1$s' END"
                        .formatted(column.name()));
        try (var query = snapshot.createStatement();
                var row = query.executeQuery("""
                        SELECT %s, CASE WHEN b.row_key IS NULL THEN 'live' WHEN a.row_key IS NULL THEN 'rebuilt'
                                        ELSE 'both' END AS side, array_remove(ARRAY[%s], NULL) AS changed
                        %s ORDER BY coalesce(a.row_key, b.row_key) LIMIT %d
                        """.formatted(keys, changed, differing, EXAMPLES))) {
            var examples = new ArrayList<Comparison.Example>();
            while (row.next()) {
                examples.add(example(table, row));
            }
            return examples;
        }
    }

    private static Comparison.Example example(ReadModelTable table, ResultSet row) throws SQLException {
        var key = new LinkedHashMap<String, String>();
        for (var i = 0; i < table.key().size(); i++) {
            key.put(table.key().get(i), row.getString(i + 1));
        }
        var side = row.getString("side");
        var changed = (String[]) row.getArray("changed").getArray();
        return new Comparison.Example(key, side, side.equals("both") ? List.of(changed) : List.of());
    }
}
