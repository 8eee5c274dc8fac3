package io.mealexpense.query.rebuild;

import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of what was asked for and how far it is. */
@Component
class RebuildQueries {

    private static final Pattern POSITION = Pattern.compile("-?[1-9][0-9]{0,17}");

    private static final String LIST = "rebuilds";

    private static final String SELECT = """
            SELECT r.*, copy.position AS copy_position, live.position AS live_position,
                   (SELECT json_agg(json_build_object('act', a.act, 'by', a.actor, 'at', a.at, 'outcome', a.outcome)
                                    ORDER BY a.position)
                      FROM read_model.operator_act a WHERE a.rebuild_id = r.rebuild_id) AS decisions
              FROM read_model.projection_rebuild r
             CROSS JOIN LATERAL (SELECT min(t.position) AS position FROM read_model.projection_token t
                                  WHERE t.generation = r.generation AND t.projection LIKE '%@%') copy
             CROSS JOIN LATERAL (SELECT min(t.position) AS position FROM read_model.projection_token t
                                  WHERE t.projection = ANY (r.projections)) live
            """;

    private final JdbcClient jdbc;
    private final ConsistentReads reads;

    RebuildQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    Optional<Rebuilds.Rebuild> find(UUID id, AtLeast atLeast) {
        return reads.read(
                RebuildControl.GROUP,
                Optional.empty(),
                atLeast,
                state -> jdbc.sql(SELECT + "WHERE r.rebuild_id = ?")
                        .param(id)
                        .query((row, number) -> rebuild(row))
                        .optional());
    }

    Rebuilds list(@Nullable String cursor, int limit, AtLeast atLeast) {
        var keys = Cursor.keys(cursor, LIST, 1);
        if (!keys.isEmpty() && !POSITION.matcher(keys.getFirst()).matches()) {
            throw Cursor.refused("was not made here");
        }
        var beyond = keys.isEmpty() ? Long.MAX_VALUE : Long.parseLong(keys.getFirst());
        return reads.read(RebuildControl.GROUP, Optional.empty(), atLeast, state -> {
            var positions = jdbc.sql("SELECT position FROM read_model.projection_rebuild WHERE position < ?"
                            + " ORDER BY position DESC LIMIT ?")
                    .params(beyond, limit + 1)
                    .query(Long.class)
                    .list();
            var more = positions.size() > limit;
            var last = positions.isEmpty() ? beyond : positions.get(Math.min(limit, positions.size()) - 1);
            return new Rebuilds(
                    jdbc.sql(SELECT + "WHERE r.position < ? AND r.position >= ? ORDER BY r.position DESC")
                            .params(beyond, last)
                            .query((row, number) -> rebuild(row))
                            .list(),
                    more ? Cursor.of(LIST, String.valueOf(last)) : null);
        });
    }

    private static Rebuilds.Rebuild rebuild(ResultSet row) throws SQLException {
        var state = RebuildState.of(row.getString("state"));
        var isFollowed = row.getObject("copy_position") != null;
        var done = isFollowed ? row.getLong("copy_position") : row.getLong("events_done");
        var total = isFollowed
                ? Math.max(row.getLong("live_position"), row.getLong("events_total"))
                : row.getLong("events_total");
        Double rate = state == RebuildState.COPYING ? Math.rint(row.getDouble("events_per_second")) : null;
        return new Rebuilds.Rebuild(
                row.getObject("rebuild_id", UUID.class),
                Arrays.asList((String[]) row.getArray("projections").getArray()),
                row.getString("reason"),
                row.getString("requested_by"),
                instant(row, "requested_at").orElseThrow(),
                state,
                row.getBoolean("initial"),
                row.getObject("generation", Long.class),
                done,
                total,
                rate,
                rate == null || rate <= 0 ? null : (long) Math.ceil((total - done) / rate),
                instant(row, "started_at").orElse(null),
                instant(row, "finished_at").orElse(null),
                row.getString("error"),
                listed(row.getString("comparisons"), Comparison[].class),
                listed(row.getString("decisions"), Rebuilds.Decided[].class));
    }

    private static <T> List<T> listed(@Nullable String json, Class<T[]> type) {
        return json == null ? List.of() : List.of(RebuildStore.JSON.readValue(json, type));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
