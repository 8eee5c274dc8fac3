package io.mealexpense.query.rebuild;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.ProjectionRebuildCancelled;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.events.ProjectionRebuildSwapped;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.rebuild.RebuildTask.Decision;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes what operators ask for, also what they asked before it first ran, and what came of their decisions; never
 * rebuilt itself.
 */
@Component
@ProcessingGroup(RebuildControl.GROUP)
class RebuildControl implements Projection {

    static final String GROUP = "rebuild-control";

    private final JdbcClient jdbc;

    RebuildControl(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return List.of();
    }

    @EventHandler
    void on(
            ProjectionRebuildRequested event,
            TrackingToken token,
            @Timestamp Instant at,
            @MetaDataValue(EventMetadata.ACTOR_ID) @Nullable String actor) {
        jdbc.sql("""
                        INSERT INTO read_model.projection_rebuild
                               (rebuild_id, position, projections, reason, requested_by, requested_at, state)
                        VALUES (?, ?, ?::text[], ?, ?, ?, ?)
                            ON CONFLICT DO NOTHING
                        """)
                .params(
                        event.rebuildId(),
                        token.position().orElseThrow(),
                        "{" + String.join(",", event.projections()) + "}",
                        event.reason(),
                        Objects.requireNonNullElse(actor, EventMetadata.SYSTEM),
                        at.atOffset(ZoneOffset.UTC),
                        RebuildState.REQUESTED.code())
                .update();
    }

    /** Only of one whose differences are known, and that was looked at: what was not seen cannot have been decided. */
    @EventHandler
    void on(
            ProjectionRebuildSwapped event,
            TrackingToken token,
            @Timestamp Instant at,
            @MetaDataValue(EventMetadata.ACTOR_ID) @Nullable String actor) {
        decide(event.rebuildId(), Decision.SWAP, Optional.ofNullable(event.comparedAt()), token, at, actor);
    }

    @EventHandler
    void on(
            ProjectionRebuildCancelled event,
            TrackingToken token,
            @Timestamp Instant at,
            @MetaDataValue(EventMetadata.ACTOR_ID) @Nullable String actor) {
        decide(event.rebuildId(), Decision.CANCEL, Optional.empty(), token, at, actor);
    }

    /** Once, and as what it was worth when it was first met. */
    private void decide(
            UUID rebuild,
            Decision decision,
            Optional<Long> comparedAt,
            TrackingToken token,
            Instant at,
            @Nullable String actor) {
        var position = token.position().orElseThrow();
        var code = decision.name().toLowerCase(Locale.ROOT);
        var known = jdbc.sql("SELECT count(*) FROM read_model.operator_act WHERE position = ?")
                .param(position)
                .query(Integer.class)
                .single();
        if (known > 0) {
            return;
        }
        var obeyed = jdbc.sql("""
                                UPDATE read_model.projection_rebuild SET decision = :act
                                 WHERE rebuild_id = :rebuild AND finished_at IS NULL AND decision IS NULL
                                   AND (:act = 'cancel' OR comparisons IS NOT NULL
                                        AND (:comparedAt::bigint IS NULL
                                             OR EXISTS (SELECT FROM json_array_elements(comparisons) AS comparison
                                                         WHERE (comparison ->> 'position')::bigint = :comparedAt)))
                                """)
                        .param("act", code)
                        .param("rebuild", rebuild)
                        .param("comparedAt", comparedAt.orElse(null), Types.BIGINT)
                        .update()
                > 0;
        jdbc.sql("""
                        INSERT INTO read_model.operator_act (position, act, rebuild_id, actor, at, outcome)
                        SELECT :position, :act, :rebuild, :actor, :at,
                               CASE WHEN :obeyed THEN 'obeyed'
                                    ELSE coalesce(
                                         (SELECT CASE WHEN comparisons IS NULL THEN 'too-early'
                                                      ELSE 'no-such-comparison' END
                                            FROM read_model.projection_rebuild
                                           WHERE rebuild_id = :rebuild AND finished_at IS NULL AND decision IS NULL),
                                         'too-late') END
                        """)
                .param("position", position)
                .param("act", code)
                .param("rebuild", rebuild)
                .param("actor", Objects.requireNonNullElse(actor, EventMetadata.SYSTEM))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("obeyed", obeyed)
                .update();
    }
}
