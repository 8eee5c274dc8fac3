package io.mealexpense.query.logstate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the database that has the log, at every time. */
@Component
class LogStateQueries {

    private final JdbcClient log;

    LogStateQueries(@Qualifier("queryLogJdbcClient") JdbcClient log) {
        this.log = log;
    }

    LogState state() {
        return new LogState(log.sql("SELECT closed IS NOT NULL FROM event_store.lineage_state")
                .query(Boolean.class)
                .single());
    }

    RestoredLog restored() {
        return log.sql("""
                        SELECT closed, coalesce(position, 0) AS position, CASE WHEN position > 0 THEN at END AS at,
                               published_size, published_at, contradiction, since
                          FROM event_store.lineage_state
                        """).query((row, number) -> restored(row)).single();
    }

    private static RestoredLog restored(ResultSet row) throws SQLException {
        var closed = row.getString("closed");
        var position = row.getLong("position");
        var size = row.getObject("published_size", Long.class);
        var since = row.getLong("since");
        return new RestoredLog(
                closed != null,
                closed,
                position,
                instant(row, "at"),
                size == null || closed == null ? null : new RestoredLog.Published(size, instant(row, "published_at")),
                size == null || closed == null ? 0 : Math.max(0, size - position),
                closed == null ? null : row.getString("contradiction"),
                since == 0 ? null : since);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
