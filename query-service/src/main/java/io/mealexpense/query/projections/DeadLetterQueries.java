package io.mealexpense.query.projections;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of what projections have put aside. */
@Component
class DeadLetterQueries {

    private static final int LIMIT = 200;

    /** As many as somebody reads through. */
    private static final int ACTS = 20;

    private final List<Projection> projections;
    private final JdbcClient jdbc;
    private final ConsistentReads reads;

    DeadLetterQueries(
            List<Projection> projections, @Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.projections =
                projections.stream().filter(it -> !it.tables().isEmpty()).toList();
        this.jdbc = jdbc;
        this.reads = reads;
    }

    /** @throws ProblemException 404 if there is no such projection */
    DeadLetterList of(String projection, AtLeast atLeast) {
        if (projections.stream().noneMatch(it -> it.group().equals(projection))) {
            throw ProblemException.notFound();
        }
        return reads.read(projection, Optional.empty(), atLeast, state -> {
            var found = jdbc.sql("""
                            SELECT position, aggregate_type, aggregate_id, sequence, event, recorded_at, parked_at,
                                   error, retries, discarded_at
                              FROM read_model.dead_letter
                             WHERE projection = ? AND generation = ?
                             ORDER BY position
                             LIMIT ?
                            """)
                    .params(projection, state.generation(), LIMIT + 1)
                    .query((row, number) -> letter(row))
                    .list();
            var more = found.size() > LIMIT;
            return new DeadLetterList(more ? found.subList(0, LIMIT) : found, more ? true : null, acts(projection));
        });
    }

    private List<DeadLetterList.Act> acts(String projection) {
        return jdbc.sql("""
                        SELECT position, act, subject_id, actor, at, outcome FROM read_model.operator_act
                         WHERE projection = ?
                         ORDER BY position DESC
                         LIMIT ?
                        """)
                .params(projection, ACTS)
                .query((row, number) -> new DeadLetterList.Act(
                        row.getLong("position"),
                        row.getString("act"),
                        row.getObject("subject_id", UUID.class),
                        row.getString("actor"),
                        instant(row, "at").orElseThrow(),
                        row.getString("outcome")))
                .list();
    }

    private static DeadLetterList.Letter letter(ResultSet row) throws SQLException {
        return new DeadLetterList.Letter(
                row.getLong("position"),
                row.getString("aggregate_type"),
                row.getObject("aggregate_id", UUID.class),
                row.getLong("sequence"),
                row.getString("event"),
                instant(row, "recorded_at").orElseThrow(),
                instant(row, "parked_at").orElseThrow(),
                row.getString("error"),
                row.getInt("retries"),
                instant(row, "discarded_at").orElse(null));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
