package io.mealexpense.command.eventstore;

import io.mealexpense.edge.metrics.Reading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether PostgreSQL's write-ahead log gets into its archive, by what the server says of it: what is not there cannot be
 * restored, and is kept on the server's disk until that is full. All is 0 where nothing is to be archived.
 */
@Component
final class ArchiveMeters implements MeterBinder {

    private static final String ON = "meals.archive.on";
    private static final String FAILING = "meals.archive.failing";
    private static final String LAG_SECONDS = "meals.archive.lag.seconds";
    private static final String WAITING_BYTES = "meals.archive.waiting.bytes";

    /**
     * A piece's name has 24 hexadecimal digits: timeline, then its place in units of 4 GB, then in pieces; that of a backup's
     * note begins with a piece's. A command that hangs fails never, and after a crash the server has forgotten what it
     * archived last: then it counts as waiting since the server has been there.
     */
    private static final String STATE = """
            SELECT archived,
                   archived AND coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS failing,
                   CASE WHEN archived THEN waiting ELSE 0 END AS waiting,
                   CASE WHEN archived AND waiting IS DISTINCT FROM 0
                        THEN greatest(0, extract(epoch FROM clock_timestamp()
                                 - coalesce(last_archived_time, greatest(stats_reset, pg_postmaster_start_time()))))
                        ELSE 0 END AS lag
              FROM pg_stat_archiver
             CROSS JOIN LATERAL (
                 SELECT pg_size_bytes(current_setting('wal_segment_size')) AS piece,
                        current_setting('archive_mode') <> 'off' AND NOT pg_is_in_recovery() AS archived) setting
             CROSS JOIN LATERAL (
                 SELECT CASE WHEN archived AND last_archived_wal ~ '^[0-9A-F]{24}'
                             THEN greatest(0, div(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
                                      - ('x' || substr(last_archived_wal, 9, 8))::bit(32)::bigint * 4294967296
                                      - (('x' || substr(last_archived_wal, 17, 8))::bit(32)::bigint + 1) * piece,
                                  piece)) * piece END AS waiting) log
            """;

    /**
     * @param waiting bytes of pieces that are complete and not archived, not a number if unknown
     * @param lag seconds since a piece was archived, 0 while none waits
     */
    private record State(boolean on, boolean failing, double waiting, double lag) {}

    private final Reading<State> state;

    ArchiveMeters(@Qualifier("commandDataSource") DataSource dataSource) {
        var jdbc = JdbcClient.create(dataSource);
        this.state = new Reading<>(
                "archiving",
                () -> jdbc.sql(STATE)
                        .query((row, number) -> {
                            var waiting = row.getBigDecimal("waiting");
                            return new State(
                                    row.getBoolean("archived"),
                                    row.getBoolean("failing"),
                                    waiting == null ? Double.NaN : waiting.doubleValue(),
                                    row.getDouble("lag"));
                        })
                        .single());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, ON, "Whether PostgreSQL archives its write-ahead log", it -> it.on() ? 1 : 0);
        gauge(registry, FAILING, "Whether the last attempt to archive failed", it -> it.failing() ? 1 : 0);
        gauge(registry, LAG_SECONDS, "Since a piece was archived, while another one waits", State::lag);
        gauge(registry, WAITING_BYTES, "What is complete and waits for the archive", State::waiting);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<State> part) {
        Gauge.builder(name, () -> state.number(part)).description(description).register(registry);
    }
}
