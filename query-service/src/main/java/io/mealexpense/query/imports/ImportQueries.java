package io.mealexpense.query.imports;

import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Table;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.Cursor;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of the imports. */
@Component
class ImportQueries {

    /** Both tables name imports: one that was cut short has only expenses, one of known rows has none. */
    private static final String PAGE = """
            SELECT k.import_id, k.owner_id, i.sequence, i.file_name, i.applied_at, i.same, i.refused, i.undone,
                   i.undone_at, i.deleted, i.kept, w.at
              FROM (SELECT owner_id, import_id FROM import_item %1$s
                    UNION
                    SELECT owner_id, import_id FROM import_expense_total %1$s) k
              LEFT JOIN import_item i ON i.import_id = k.import_id
             CROSS JOIN LATERAL (
                   SELECT coalesce(i.applied_at, (SELECT max(recorded_at) FROM import_expense e
                                                   WHERE e.import_id = k.import_id), i.undone_at) AS at) w
             %2$s
             ORDER BY w.at DESC, k.import_id DESC
             LIMIT :limit
            """;

    private final JdbcClient jdbc;
    private final ConsistentReads reads;

    ImportQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    /** An import as a page lists it, without what it brought. */
    private record Listed(
            UUID id,
            UUID owner,
            @Nullable Long version,
            @Nullable String fileName,
            @Nullable Instant appliedAt,
            int same,
            int refused,
            boolean undone,
            @Nullable Instant undoneAt,
            int deleted,
            int kept,
            Instant at) {

        static Listed of(ResultSet row) throws SQLException {
            return new Listed(
                    row.getObject("import_id", UUID.class),
                    row.getObject("owner_id", UUID.class),
                    row.getObject("sequence", Long.class),
                    row.getString("file_name"),
                    instant(row, "applied_at"),
                    row.getInt("same"),
                    row.getInt("refused"),
                    row.getBoolean("undone"),
                    instant(row, "undone_at"),
                    row.getInt("deleted"),
                    row.getInt("kept"),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }

        private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
            var at = row.getObject(column, OffsetDateTime.class);
            return at == null ? null : at.toInstant();
        }

        Imports.State state() {
            if (undone) {
                return Imports.State.UNDONE;
            }
            return appliedAt == null ? Imports.State.UNFINISHED : Imports.State.APPLIED;
        }

        Imports.Import with(List<Total> totals) {
            return new Imports.Import(
                    id,
                    owner,
                    state(),
                    fileName,
                    at,
                    totals.stream().mapToLong(Total::count).sum(),
                    totals,
                    same,
                    refused,
                    undoneAt,
                    undoneAt == null ? null : deleted,
                    undoneAt == null ? null : kept,
                    version);
        }
    }

    Imports list(Owners owners, @Nullable String cursor, int limit, AtLeast atLeast) {
        var list = "imports " + owners;
        var keys = Cursor.keys(cursor, list, 2);
        var ofOwner = new Where().owners(owners);
        var page = new Where();
        if (!keys.isEmpty()) {
            page.and("(w.at, k.import_id) < (:at, :id)")
                    .parameter("at", at(keys.get(0)))
                    .parameter("id", id(keys.get(1)));
        }
        page.parameters().putAll(ofOwner.parameters());
        page.parameter("limit", limit + 1);
        return reads.read(ImportsProjection.GROUP, owners.only(), atLeast, state -> {
            var found = jdbc.sql(PAGE.formatted(ofOwner.sql(), page.sql()))
                    .params(page.parameters())
                    .query((row, number) -> Listed.of(row))
                    .list();
            var more = found.size() > limit;
            var shown = more ? found.subList(0, limit) : found;
            var totals = totals(shown.stream().map(Listed::id).toList());
            return new Imports(
                    shown.stream()
                            .map(listed -> listed.with(totals.getOrDefault(listed.id(), List.of())))
                            .toList(),
                    more
                            ? Cursor.of(
                                    list,
                                    shown.getLast().at().toString(),
                                    shown.getLast().id().toString())
                            : null,
                    state.incomplete());
        });
    }

    private Map<UUID, List<Total>> totals(Collection<UUID> ids) {
        var totals = new HashMap<UUID, List<Total>>();
        jdbc.sql("""
                        SELECT import_id, currency, amount, count FROM import_expense_total
                         WHERE import_id = ANY (?::uuid[]) ORDER BY currency
                        """).param(Table.arrayOf(ids)).query(row -> {
            totals.computeIfAbsent(row.getObject("import_id", UUID.class), id -> new ArrayList<>())
                    .add(Total.of(row.getString("currency"), row.getBigDecimal("amount"), row.getLong("count")));
        });
        return totals;
    }

    private static OffsetDateTime at(String key) {
        try {
            return Instant.parse(key).atOffset(ZoneOffset.UTC);
        } catch (DateTimeParseException notOurs) {
            throw Cursor.refused("was not made here");
        }
    }

    private static UUID id(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException notOurs) {
            throw Cursor.refused("was not made here");
        }
    }
}
