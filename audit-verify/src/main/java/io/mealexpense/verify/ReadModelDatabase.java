package io.mealexpense.verify;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the live read models, all of it in one snapshot: they move on, and are compared as they were at one moment. */
final class ReadModelDatabase implements AutoCloseable {

    private static final String SETTINGS =
            "SET default_transaction_read_only = on; SET work_mem = '64MB'; SET jit = off";

    private static final int FETCH = 1_000;

    /** Events put aside that are remembered; more of them, and there is nothing to compare. */
    private static final int MOST_PUT_ASIDE = 100_000;

    private static final String TOKEN =
            "SELECT schema, generation, position FROM read_model.projection_token WHERE projection = ? AND segment = 0";

    private static final String PUT_ASIDE =
            "SELECT DISTINCT aggregate_id FROM read_model.dead_letter WHERE projection = ? AND generation = ? LIMIT ?";

    private final Connection connection;

    /**
     * Where a projection's live tables are, and how far.
     *
     * @param position last one of the log that is in them
     */
    record Live(String schema, long generation, long position) {}

    /** Sums that are not those of the rows, in words. */
    record WrongSum(String where, String message) {}

    ReadModelDatabase(String url, String user, @Nullable String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "audit-verify");
        properties.setProperty("tcpKeepAlive", "true");
        connection = DriverManager.getConnection(url, properties);
        try (var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    Optional<Live> live(String projection) throws SQLException {
        try (var query = connection.prepareStatement(TOKEN)) {
            query.setString(1, projection);
            try (var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Live(row.getString(1), row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /** Whose events a projection could not take; their rows may be outdated or missing, and it says so in its answers. */
    Set<UUID> putAside(String projection, Live live) throws SQLException {
        try (var query = connection.prepareStatement(PUT_ASIDE)) {
            query.setString(1, projection);
            query.setLong(2, live.generation());
            query.setInt(3, MOST_PUT_ASIDE);
            var found = new HashSet<UUID>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
            }
            if (found.size() == MOST_PUT_ASIDE) {
                throw new SQLException("Too many events are put aside in " + projection);
            }
            return found;
        }
    }

    /** The rows of a table in the order of their keys, a few in memory at a time. */
    final class Rows implements AutoCloseable {

        private final RowTable table;
        private final PreparedStatement query;
        private final ResultSet row;
        private @Nullable UUID key;

        private Rows(RowTable table, String schema) throws SQLException {
            this.table = table;
            query = connection.prepareStatement("SELECT %s, %s FROM %s.%s t ORDER BY %s"
                    .formatted(
                            table.key(),
                            table.columns().stream().map(Column::select).collect(Collectors.joining(", ")),
                            schema,
                            table.name(),
                            table.order()));
            query.setFetchSize(FETCH);
            row = query.executeQuery();
            next();
        }

        /** Of the present row, null after the last one. */
        @Nullable
        UUID key() {
            return key;
        }

        @Nullable
        String value(int column) throws SQLException {
            return table.columns().get(column).read(row.getString(column + 2));
        }

        /** The position of the present row's event, where each event left one. */
        long from() throws SQLException {
            return row.getLong(RowTable.FROM);
        }

        void next() throws SQLException {
            key = row.next() ? row.getObject(1, UUID.class) : null;
        }

        @Override
        public void close() throws SQLException {
            query.close();
        }
    }

    Rows rows(RowTable table, Live live) throws SQLException {
        return new Rows(table, live.schema());
    }

    /** A row of the audit trail, moments in microseconds since 1970. */
    record TrailRow(
            long position,
            UUID eventId,
            String aggregateType,
            UUID aggregateId,
            long sequence,
            String event,
            String revision,
            long at,
            @Nullable String ownerId,
            @Nullable String actorId,
            @Nullable String requestId,
            @Nullable String reason,
            String payload,
            String metadata) {}

    /** The rows of the audit trail in the order of positions, a few in memory at a time. */
    final class TrailRows implements AutoCloseable {

        private final PreparedStatement query;
        private final ResultSet rows;
        private @Nullable TrailRow row;

        private TrailRows(String schema) throws SQLException {
            query = connection.prepareStatement("""
                    SELECT position, event_id, aggregate_type, aggregate_id, sequence, event, revision,
                           (extract(epoch FROM at) * 1000000)::bigint, owner_id, actor_id, request_id, reason, payload, metadata
                      FROM %s.audit_trail_entry
                     ORDER BY position
                    """.formatted(schema));
            query.setFetchSize(FETCH);
            rows = query.executeQuery();
            next();
        }

        /** The present one, null after the last. */
        @Nullable
        TrailRow row() {
            return row;
        }

        void next() throws SQLException {
            row = rows.next()
                    ? new TrailRow(
                            rows.getLong(1),
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            rows.getObject(4, UUID.class),
                            rows.getLong(5),
                            rows.getString(6),
                            rows.getString(7),
                            rows.getLong(8),
                            rows.getString(9),
                            rows.getString(10),
                            rows.getString(11),
                            rows.getString(12),
                            rows.getString(13),
                            rows.getString(14))
                    : null;
        }

        @Override
        public void close() throws SQLException {
            query.close();
        }
    }

    TrailRows trail(Live live) throws SQLException {
        return new TrailRows(live.schema());
    }

    /** The first ones. */
    List<WrongSum> wrongSums(SummedTable table, Live live, int limit) throws SQLException {
        try (var query = connection.prepareStatement(table.differences(live.schema()))) {
            query.setInt(1, limit);
            var keys = table.keyNames();
            var found = new ArrayList<WrongSum>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var where = new ArrayList<String>();
                    for (var i = 0; i < keys.size(); i++) {
                        where.add(keys.get(i) + " " + row.getString(i + 1));
                    }
                    found.add(new WrongSum(String.join(", ", where), difference(row, keys.size())));
                }
            }
            return found;
        }
    }

    private static String difference(ResultSet row, int keys) throws SQLException {
        var amount = row.getBigDecimal(keys + 1);
        var rowAmount = row.getBigDecimal(keys + 3);
        var other = row.getString(keys + 6);
        if (!row.getBoolean(keys + 5)) {
            return "row: it is missing, and the rows of the expenses come to %s".formatted(rowAmount.toPlainString());
        }
        if (other != null) {
            return other;
        }
        return amount.compareTo(rowAmount) != 0
                ? "amount: it is %s, and %s by the rows of the expenses"
                        .formatted(amount.toPlainString(), rowAmount.toPlainString())
                : "count: it is %d, and %d by the rows of the expenses"
                        .formatted(row.getLong(keys + 2), row.getLong(keys + 4));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
