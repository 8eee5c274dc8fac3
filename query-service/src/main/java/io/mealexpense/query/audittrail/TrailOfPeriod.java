package io.mealexpense.query.audittrail;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.PeriodEvents;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the events of a period in the trail. */
@Component
class TrailOfPeriod implements PeriodEvents {

    private final JdbcClient jdbc;
    private final ConsistentReads reads;

    TrailOfPeriod(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    @Override
    public long[] positions(Days days, AtLeast atLeast, long upTo, int limit) {
        return reads.read(AuditTrailProjection.GROUP, Optional.of(days.ownerId()), atLeast, state -> {
            if (state.incomplete() != null) {
                throw new ProblemException(
                                ProblemType.PROJECTION_BEHIND,
                                "Events of this owner could not be processed yet, so nobody can tell whether they"
                                        + " belong here. It is being looked into.")
                        .header(HttpHeaders.RETRY_AFTER, "60");
            }
            return find(days, upTo, limit);
        });
    }

    private long[] find(Days days, long upTo, int limit) {
        // an expense has one owner, so all of its events are among the owner's
        return jdbc
                .sql("""
                        SELECT position
                          FROM (SELECT position,
                                       bool_or((payload ->> 'spentOn')::date BETWEEN :from AND :to)
                                           OVER (PARTITION BY aggregate_id) AS belongs
                                  FROM audit_trail_entry
                                 WHERE owner_id = :owner AND aggregate_type = 'MealExpense' AND position <= :upTo) e
                         WHERE belongs
                         ORDER BY position
                         LIMIT :limit
                        """)
                .param("owner", days.ownerId())
                .param("from", days.from())
                .param("to", days.to())
                .param("upTo", upTo)
                .param("limit", limit)
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
