package io.mealexpense.query.versions;

import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.query.readmodel.AsOf;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which position a moment was, by the clock of the log: times never run back along positions, so the last event that
 * was recorded by a moment is found by halving. Once the log's clock has passed the moment nothing can be recorded at
 * or before it any more, and the position is the same for good. Until then an append may be under way that has read the
 * clock and is not visible yet: it is waited for, and the clock is moved past the moment.
 */
@Component
class LogClock {

    private static final String FIND = """
            WITH RECURSIVE head AS (
                SELECT position, at, greatest(at, clock_timestamp()) AS now FROM event_store.head
            ), search (low, high) AS (
                SELECT 0::bigint, position FROM head
                 UNION ALL
                SELECT CASE WHEN e.recorded_at <= :moment THEN e.position ELSE low END,
                       CASE WHEN e.recorded_at <= :moment THEN high ELSE e.position - 1 END
                  FROM search JOIN event_store.domain_event e ON e.position = (low + high + 1) / 2
                 WHERE low < high
            )
            SELECT head.at > :moment AS settled, head.now < :moment AS future, found.low AS position,
                   (SELECT recorded_at FROM event_store.domain_event WHERE position = found.low) AS recorded_at
              FROM head JOIN search found ON found.low = found.high
            """;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcTemplate jdbc;
    private final JdbcClient log;

    LogClock(@Qualifier("queryLogDataSource") DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.log = JdbcClient.create(jdbc);
    }

    /**
     * @param settled whether nothing can be recorded at or before the moment any more
     * @param future whether the moment has not come yet
     */
    private record Found(
            boolean settled,
            boolean future,
            long position,
            @Nullable Instant recordedAt) {}

    /**
     * What was recorded by a moment.
     *
     * @throws ProblemException 422 if it has not come yet, 503 if an append under way does not end
     */
    AsOf at(Instant moment, String parameter) {
        var found = find(moment);
        if (!found.settled() && !found.future()) {
            settle(moment);
            found = find(moment);
        }
        if (!found.settled()) {
            throw new ProblemException(
                    ProblemType.REFUSED,
                    "%s lies in the future.".formatted(parameter),
                    List.of(new FieldError(parameter, "lies in the future")));
        }
        return new AsOf(moment, found.position(), found.recordedAt());
    }

    /** The present moment, by the log's clock. */
    Instant now() {
        return log.sql("SELECT greatest(at, clock_timestamp()) AS now FROM event_store.head")
                .query((row, number) ->
                        row.getObject("now", OffsetDateTime.class).toInstant())
                .single();
    }

    private Found find(Instant moment) {
        return log.sql(FIND)
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    var at = row.getObject("recorded_at", OffsetDateTime.class);
                    return new Found(
                            row.getBoolean("settled"),
                            row.getBoolean("future"),
                            row.getLong("position"),
                            at == null ? null : at.toInstant());
                })
                .optional()
                .orElseThrow(() -> new IllegalStateException("A position is missing from the log"));
    }

    /** Waits for an append that is under way: all that this side ever changes in the log's schema. */
    private void settle(Instant moment) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            connection.setReadOnly(false); // the pool gives it back as it was
            try (var settle = connection.prepareStatement("SELECT event_store.settle(?)")) {
                settle.setObject(1, moment.atOffset(ZoneOffset.UTC));
                return settle.execute();
            } catch (SQLException failure) {
                if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                    throw new ProblemException(
                                    ProblemType.BUSY,
                                    "Something is being recorded at that moment and takes its time. Ask again shortly.")
                            .header(HttpHeaders.RETRY_AFTER, "2");
                }
                throw failure;
            }
        });
    }
}
