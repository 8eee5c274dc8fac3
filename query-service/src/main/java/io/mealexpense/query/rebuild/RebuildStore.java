package io.mealexpense.query.rebuild;

import io.mealexpense.query.rebuild.RebuildTask.Decision;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of rebuilds. Whoever works on one owns its row, and every write says so: an instance that was frozen while
 * another took over is refused.
 */
final class RebuildStore {

    static final JsonMapper JSON = JsonMapper.builder().build();

    /** This instance works on the rebuild no more. */
    static final class TakenOverException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TakenOverException(UUID rebuild) {
            super("Another instance works on rebuild " + rebuild);
        }
    }

    private static final String OURS =
            "SELECT * FROM read_model.projection_rebuild WHERE rebuild_id = :id AND owner = :instance";

    private final JdbcClient jdbc;
    private final String instance;

    /**
     * @param instance names this process among all that ever run
     */
    RebuildStore(JdbcClient jdbc, String instance) {
        this.jdbc = jdbc;
        this.instance = instance;
    }

    /** The same on a connection of the caller's. */
    RebuildStore in(JdbcClient transaction) {
        return new RebuildStore(transaction, instance);
    }

    /** Seconds after the last read model joined a first copy: those that begin together come within fractions of one. */
    private static final int JOINED_SECONDS = 2;

    /** The oldest with something to do. */
    Optional<RebuildTask> next() {
        return jdbc.sql("""
                        SELECT * FROM read_model.projection_rebuild
                         WHERE finished_at IS NULL AND (state <> :differs OR decision IS NOT NULL)
                           AND NOT (initial AND requested_at BETWEEN clock_timestamp() - make_interval(secs => :joined)
                                                                 AND clock_timestamp())
                         ORDER BY position LIMIT 1
                        """)
                .param("differs", RebuildState.DIFFERS.code())
                .param("joined", JOINED_SECONDS)
                .query((row, number) -> task(row))
                .optional();
    }

    /** @return the rebuild as it is then */
    RebuildTask take(RebuildTask task) {
        return jdbc.sql("""
                        UPDATE read_model.projection_rebuild
                           SET owner = ?, started_at = coalesce(started_at, clock_timestamp())
                         WHERE rebuild_id = ?
                        RETURNING *
                        """)
                .params(instance, task.id())
                .query((row, number) -> task(row))
                .single();
    }

    RebuildTask begin(RebuildTask task, long upTo) {
        return one(task, """
                UPDATE read_model.projection_rebuild
                   SET state = 'copying', generation = nextval('read_model.generation'), up_to = :upTo,
                       events_total = :upTo, after_aggregate = NULL, events_done = 0
                 WHERE rebuild_id = :id AND owner = :instance
                RETURNING *
                """, Map.of("upTo", upTo));
    }

    RebuildTask enter(RebuildTask task, RebuildState state) {
        return one(task, """
                UPDATE read_model.projection_rebuild SET state = :state, error = NULL
                 WHERE rebuild_id = :id AND owner = :instance
                RETURNING *
                """, Map.of("state", state.code()));
    }

    /** As it is now, with what was decided meanwhile. */
    RebuildTask refresh(RebuildTask task) {
        return one(task, OURS, Map.of());
    }

    /** As it is now, and nobody else's before the current transaction ends. */
    RebuildTask hold(RebuildTask task) {
        return one(task, OURS + " FOR UPDATE", Map.of());
    }

    /** In the transaction that copied the rows. */
    RebuildTask copied(RebuildTask task, UUID last, long events, double perSecond) {
        var row = jdbc.sql("""
                        UPDATE read_model.projection_rebuild
                           SET after_aggregate = ?, events_done = events_done + ?, events_per_second = ?, error = NULL
                         WHERE rebuild_id = ? AND owner = ?
                        RETURNING *
                        """).params(last, events, perSecond, task.id(), instance);
        return row.query((found, number) -> task(found))
                .optional()
                .orElseThrow(() -> new TakenOverException(task.id()));
    }

    void compared(RebuildTask task, List<Comparison> comparisons) {
        one(task, """
                UPDATE read_model.projection_rebuild SET comparisons = :comparisons::json
                 WHERE rebuild_id = :id AND owner = :instance
                RETURNING *
                """, Map.of("comparisons", JSON.writeValueAsString(comparisons)));
    }

    void failed(RebuildTask task, String error) {
        jdbc.sql("UPDATE read_model.projection_rebuild SET error = ? WHERE rebuild_id = ? AND owner = ?")
                .params(error, task.id(), instance)
                .update();
    }

    /** In the transaction that makes it live, after that: its progress ends where its copies are. */
    void swapped(RebuildTask task) {
        one(task, """
                UPDATE read_model.projection_rebuild r
                   SET events_total = greatest(events_total, reached), events_done = greatest(events_total, reached)
                  FROM (SELECT min(position) AS reached FROM read_model.projection_token WHERE generation = :generation) t
                 WHERE rebuild_id = :id AND owner = :instance
                RETURNING r.*
                """, Map.of("generation", task.generation()));
        finish(task, RebuildState.SWAPPED);
    }

    void finish(RebuildTask task, RebuildState outcome) {
        one(task, """
                UPDATE read_model.projection_rebuild SET state = :state, finished_at = clock_timestamp(), owner = NULL
                 WHERE rebuild_id = :id AND owner = :instance
                RETURNING *
                """, Map.of("state", outcome.code()));
    }

    private RebuildTask one(RebuildTask task, String sql, Map<String, ?> parameters) {
        return jdbc.sql(sql)
                .param("id", task.id())
                .param("instance", instance)
                .params(parameters)
                .query((row, number) -> task(row))
                .optional()
                .orElseThrow(() -> new TakenOverException(task.id()));
    }

    private static RebuildTask task(ResultSet row) throws SQLException {
        Array projections = row.getArray("projections");
        var decision = row.getString("decision");
        return new RebuildTask(
                row.getObject("rebuild_id", UUID.class),
                Arrays.asList((String[]) projections.getArray()),
                RebuildState.of(row.getString("state")),
                Optional.ofNullable(decision).map(it -> Decision.valueOf(it.toUpperCase(Locale.ROOT))),
                row.getBoolean("initial"),
                row.getLong("generation"),
                row.getLong("up_to"),
                row.getObject("after_aggregate", UUID.class),
                row.getLong("events_done"));
    }
}
