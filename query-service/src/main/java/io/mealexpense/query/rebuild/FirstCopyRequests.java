package io.mealexpense.query.rebuild;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.query.eventstream.FirstCopies;
import io.mealexpense.query.eventstream.LogSource;
import io.mealexpense.query.eventstream.Projectors;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks for first copies as operators ask for rebuilds; read models that begin together are copied in one pass. */
final class FirstCopyRequests implements FirstCopies {

    private static final String REASON = "It has nothing yet";

    private final Projectors projectors;
    private final LogSource source;
    private final JdbcClient jdbc;
    private final long shortest;

    /** @param shortest log in events that is worth a copy */
    FirstCopyRequests(Projectors projectors, LogSource source, JdbcClient jdbc, long shortest) {
        this.projectors = projectors;
        this.source = source;
        this.jdbc = jdbc;
        this.shortest = shortest;
    }

    @Override
    public void want(String projection) {
        if (projectors.of(projection).isEmpty() || source.end() < shortest) {
            return;
        }
        // one after the other, so that whoever comes second joins the first
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('read_model.first_copy', 0))")
                .query((row, number) -> true)
                .single();
        var joined = jdbc.sql("""
                        UPDATE read_model.projection_rebuild
                           SET requested_at = clock_timestamp(),
                               projections = array_append(array_remove(projections, :projection), :projection)
                         WHERE initial AND state = :requested AND owner IS NULL AND finished_at IS NULL
                        """)
                .param("projection", projection)
                .param("requested", RebuildState.REQUESTED.code())
                .update();
        if (joined == 0) {
            jdbc.sql("""
                            INSERT INTO read_model.projection_rebuild
                                   (rebuild_id, position, projections, reason, requested_by, requested_at, state, initial)
                            VALUES (?, nextval('read_model.first_copy'), ARRAY[?], ?, ?, clock_timestamp(), ?, true)
                            """)
                    .params(UUID.randomUUID(), projection, REASON, EventMetadata.SYSTEM, RebuildState.REQUESTED.code())
                    .update();
        }
    }
}
