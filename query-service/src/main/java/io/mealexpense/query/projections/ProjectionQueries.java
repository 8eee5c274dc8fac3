package io.mealexpense.query.projections;

import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.eventstream.QueryProperties;
import io.mealexpense.query.projections.Projections.State;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of the tokens, which every instance keeps up to date: the answer is the same whichever is asked. */
@Component
class ProjectionQueries {

    /** Seconds behind from which a projection is said to be catching up rather than running. */
    private static final double CATCHING_UP = 5;

    private final List<Projection> projections;
    private final JdbcClient jdbc;
    private final JdbcClient log;
    private final double claimSeconds;

    ProjectionQueries(
            List<Projection> projections,
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            @Qualifier("queryLogJdbcClient") JdbcClient log,
            QueryProperties properties) {
        this.projections = projections;
        this.jdbc = jdbc;
        this.log = log;
        this.claimSeconds = properties.projections().claimTimeout().toMillis() / 1000.0;
    }

    private record Token(
            String projection,
            long generation,
            long position,
            @Nullable String instance,
            boolean copied,
            @Nullable String error,
            long letters,
            long discarded,
            Projections.@Nullable Rebuild rebuild) {

        static Token none(String projection) {
            return new Token(projection, 0, 0, null, false, null, 0, 0, null);
        }
    }

    Projections status() {
        // tokens first: the head read after them is never behind
        var tokens = tokens();
        var head = log.sql("SELECT position FROM event_store.head")
                .query(Long.class)
                .single();
        return new Projections(projections.stream()
                .map(projection -> status(
                        projection, tokens.getOrDefault(projection.group(), Token.none(projection.group())), head))
                .sorted(java.util.Comparator.comparing(Projections.Status::name))
                .toList());
    }

    private Map<String, Token> tokens() {
        return jdbc
                .sql("""
                        SELECT t.projection, t.generation, t.position,
                               coalesce(t.error, CASE WHEN r.initial THEN r.error END) AS error,
                               CASE WHEN t.claimed_at > clock_timestamp() - make_interval(secs => ?)
                                    THEN split_part(t.owner, '/', 1) END AS instance,
                               l.letters, l.discarded, r.rebuild_id, r.state AS rebuild_state,
                               coalesce(r.initial, false) AS initial
                          FROM read_model.projection_token t
                         CROSS JOIN LATERAL (
                               SELECT count(*) FILTER (WHERE discarded_at IS NULL) AS letters,
                                      count(*) FILTER (WHERE discarded_at IS NOT NULL) AS discarded
                                 FROM read_model.dead_letter d
                                WHERE d.projection = t.projection AND d.generation = t.generation) l
                          LEFT JOIN LATERAL (
                               SELECT rebuild_id, state, initial, error FROM read_model.projection_rebuild
                                WHERE t.projection = ANY (projections) AND finished_at IS NULL
                                ORDER BY position LIMIT 1) r ON true
                        """)
                .param(claimSeconds)
                .query((row, number) -> new Token(
                        row.getString("projection"),
                        row.getLong("generation"),
                        row.getLong("position"),
                        row.getString("instance"),
                        row.getBoolean("initial"),
                        row.getString("error"),
                        row.getLong("letters"),
                        row.getLong("discarded"),
                        Projections.Rebuild.of(
                                row.getObject("rebuild_id", UUID.class), row.getString("rebuild_state"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Token::projection, Function.identity()));
    }

    private Projections.Status status(Projection projection, Token token, long head) {
        var lagEvents = Math.max(0, head - token.position());
        var lagSeconds = lagEvents == 0 ? 0 : secondsWaiting(token.position() + 1);
        return new Projections.Status(
                token.projection(),
                state(token, lagSeconds),
                token.instance(),
                !projection.tables().isEmpty(),
                token.generation(),
                token.position(),
                head,
                lagEvents,
                lagSeconds,
                token.letters(),
                token.discarded(),
                token.error(),
                token.rebuild());
    }

    private static State state(Token token, double lagSeconds) {
        if (token.error() != null) {
            return State.FAILED;
        }
        if (token.copied()) {
            return State.CATCHING_UP;
        }
        if (token.instance() == null) {
            return State.STOPPED;
        }
        return lagSeconds > CATCHING_UP ? State.CATCHING_UP : State.RUNNING;
    }

    /** Since the event was recorded, by the log's own clock. */
    private double secondsWaiting(long position) {
        return log.sql("SELECT greatest(0, round(extract(epoch FROM clock_timestamp() - recorded_at), 3))"
                        + " FROM event_store.domain_event WHERE position = ?")
                .param(position)
                .query(Double.class)
                .optional()
                .orElse(0.0);
    }
}
