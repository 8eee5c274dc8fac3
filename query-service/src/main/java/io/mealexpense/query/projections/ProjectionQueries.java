package io.mealexpense.query.projections;

import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.eventstream.QueryProperties;
import io.mealexpense.query.projections.Projections.State;
import java.util.List;
import java.util.Map;
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
            long position,
            boolean claimed,
            @Nullable String error) {}

    Projections status() {
        // tokens first: the head read after them is never behind
        var tokens = tokens();
        var head = log.sql("SELECT position FROM event_store.head")
                .query(Long.class)
                .single();
        return new Projections(projections.stream()
                .map(projection ->
                        tokens.getOrDefault(projection.group(), new Token(projection.group(), 0, false, null)))
                .map(token -> status(token, head))
                .sorted(java.util.Comparator.comparing(Projections.Status::name))
                .toList());
    }

    private Map<String, Token> tokens() {
        return jdbc
                .sql("""
                        SELECT projection, min(position) AS position, string_agg(error, '; ') AS error,
                               coalesce(bool_and(owner IS NOT NULL
                                   AND claimed_at > clock_timestamp() - make_interval(secs => ?)), false) AS claimed
                          FROM projection_token
                         GROUP BY projection
                        """)
                .param(claimSeconds)
                .query((row, number) -> new Token(
                        row.getString("projection"),
                        row.getLong("position"),
                        row.getBoolean("claimed"),
                        row.getString("error")))
                .list()
                .stream()
                .collect(Collectors.toMap(Token::projection, Function.identity()));
    }

    private Projections.Status status(Token token, long head) {
        var lagEvents = Math.max(0, head - token.position());
        var lagSeconds = lagEvents == 0 ? 0 : secondsWaiting(token.position() + 1);
        var state = token.error() != null
                ? State.FAILED
                : !token.claimed() ? State.STOPPED : lagSeconds > CATCHING_UP ? State.CATCHING_UP : State.RUNNING;
        return new Projections.Status(
                token.projection(), state, token.position(), head, lagEvents, lagSeconds, 0, token.error());
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
