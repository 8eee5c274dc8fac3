package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a database holds, seen by the query role unless told otherwise. */
final class Log {

    /** Opens connections as a role. */
    @FunctionalInterface
    interface Access {
        Connection connect(String role) throws SQLException;
    }

    static final String MIGRATOR = "meals_migrator";
    static final String COMMAND = "meals_command";
    static final String QUERY = "meals_query";

    private final Access access;

    Log(Access access) {
        this.access = access;
    }

    /**
     * One event.
     *
     * @param commandId the client's Idempotency-Key, absent where it gave none
     */
    record Event(
            long position,
            UUID aggregateId,
            long sequence,
            String name,
            @Nullable String commandId) {}

    /** All of them about expenses, in order. */
    List<Event> expenseEvents() {
        return query(
                QUERY,
                "SELECT position, aggregate_id, sequence, name, command_id FROM event_store.domain_event"
                        + " WHERE aggregate_type = 'MealExpense' ORDER BY position",
                row -> new Event(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5)));
    }

    long head() {
        return number("SELECT coalesce(max(position), 0) FROM event_store.domain_event");
    }

    long number(String sql) {
        return query(QUERY, sql, row -> row.getLong(1)).getFirst();
    }

    /** Refuses a log with holes, one that does not begin at 1, and times that run back. */
    void requireInOrder() {
        assertThat(number("SELECT count(*) FROM event_store.domain_event"))
                .as("events up to the last position")
                .isEqualTo(head());
        assertThat(number("SELECT coalesce(min(position), 1) FROM event_store.domain_event"))
                .isOne();
        assertThat(number("SELECT count(*) FROM (SELECT recorded_at - lag(recorded_at) OVER (ORDER BY position) AS step"
                        + " FROM event_store.domain_event) AS steps WHERE step < interval '0'"))
                .as("times that run back")
                .isZero();
    }

    /** Where the slowest projection is. */
    long projectedUpTo() {
        return number("SELECT coalesce(min(position), 0) FROM read_model.projection_token");
    }

    /** A checksum over the content of every read model's table, whatever the order of its rows. */
    Map<String, String> readModelChecksums() {
        var tables = query(
                QUERY,
                "SELECT table_name, bool_or(column_name = 'count') FROM information_schema.columns"
                        + " WHERE table_schema = 'read_model' AND table_name NOT IN ('projection_token', 'projection_instance',"
                        + " 'dead_letter', 'projection_rebuild', 'operator_act', 'retired_table') GROUP BY table_name",
                row -> Map.entry(row.getString(1), row.getBoolean(2)));
        var checksums = new TreeMap<String, String>();
        for (var table : tables) {
            // a total that counts nothing is as good as none
            var rows = table.getValue() ? " WHERE NOT (count = 0 AND amount = 0)" : "";
            checksums.put(
                    table.getKey(),
                    query(
                                    QUERY,
                                    "SELECT count(*) || ' rows ' || coalesce(md5(string_agg(t::text, chr(10)"
                                            + " ORDER BY t::text COLLATE \"C\")), '')"
                                            + " FROM read_model." + table.getKey() + " t" + rows,
                                    row -> row.getString(1))
                            .getFirst());
        }
        return checksums;
    }

    /** Reads a row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A session of its own, for who wants to keep it open. */
    Connection connect(String role) throws SQLException {
        return access.connect(role);
    }

    <T> List<T> query(String role, String sql, Reader<T> reader) {
        try (var connection = access.connect(role);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs statements one after the other on one connection. */
    void execute(String role, String... statements) throws SQLException {
        try (var connection = access.connect(role);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
