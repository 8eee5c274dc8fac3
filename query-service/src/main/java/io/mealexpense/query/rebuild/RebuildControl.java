package io.mealexpense.query.rebuild;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.ProjectionRebuildCancelled;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.events.ProjectionRebuildSwapped;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.ReadModelTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
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

    /** Only of one that waits for it: what was not seen cannot have been decided. */
    @EventHandler
    void on(ProjectionRebuildSwapped event) {
        jdbc.sql("UPDATE read_model.projection_rebuild SET decision = 'swap'"
                        + " WHERE rebuild_id = ? AND state = ? AND decision IS NULL")
                .params(event.rebuildId(), RebuildState.DIFFERS.code())
                .update();
    }

    @EventHandler
    void on(ProjectionRebuildCancelled event) {
        jdbc.sql("UPDATE read_model.projection_rebuild SET decision = 'cancel'"
                        + " WHERE rebuild_id = ? AND finished_at IS NULL AND decision IS NULL")
                .param(event.rebuildId())
                .update();
    }
}
