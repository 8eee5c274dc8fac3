package io.mealexpense.command.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster the log is appended to, which one runs it now, and whether it may be appended to there.
 *
 * @param closed why it may not before a recovery is declared: {@code other-cluster}, {@code other-timeline},
 *     {@code published} or {@code unknown}; absent while it is open
 * @param declared the cluster that appends are made to, absent if that is not known any more
 * @param running the cluster that was asked; absent on a replica, which takes no appends anyway
 * @param since position of the last declared recovery, 0 for none
 * @param recovery its id
 * @param position where the log ends
 * @param at the time of its last event
 * @param published the last checkpoint that is known to have been published
 * @param contradiction how that contradicts the log
 */
public record Lineage(
        @Nullable String closed,
        @Nullable Cluster declared,
        @Nullable Cluster running,
        long since,
        @Nullable UUID recovery,
        long position,
        @Nullable Instant at,
        @Nullable Published published,
        @Nullable String contradiction) {

    /**
     * A cluster of PostgreSQL as long as nothing was restored into it.
     *
     * @param systemIdentifier made once, by {@code initdb}
     * @param timeline another one after every recovery to a point in time, and after a replica's promotion
     */
    public record Cluster(long systemIdentifier, int timeline) {}

    /** A published checkpoint. */
    public record Published(long size, byte[] root) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Published that && size == that.size && java.util.Arrays.equals(root, that.root);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(size);
        }
    }

    static final String COLUMNS = """
            closed, system_identifier, timeline, since, recovery, running_system_identifier, running_timeline,
            position, at, published_size, published_root, contradiction
            """;

    static Lineage of(ResultSet row) throws SQLException {
        var at = row.getObject("at", OffsetDateTime.class);
        var size = row.getObject("published_size", Long.class);
        var root = row.getBytes("published_root");
        return new Lineage(
                row.getString("closed"),
                cluster(row, ""),
                cluster(row, "running_"),
                row.getLong("since"),
                row.getObject("recovery", UUID.class),
                row.getLong("position"),
                at == null ? null : at.toInstant(),
                size == null || root == null ? null : new Published(size, root),
                row.getString("contradiction"));
    }

    private static @Nullable Cluster cluster(ResultSet row, String prefix) throws SQLException {
        var systemIdentifier = row.getObject(prefix + "system_identifier", Long.class);
        var timeline = row.getObject(prefix + "timeline", Integer.class);
        return systemIdentifier == null || timeline == null ? null : new Cluster(systemIdentifier, timeline);
    }

    boolean isClosed() {
        return closed != null;
    }

    /** Whether what was known of the log under the other one still holds. */
    boolean continues(Lineage other) {
        return since == other.since && Objects.equals(recovery, other.recovery);
    }
}
