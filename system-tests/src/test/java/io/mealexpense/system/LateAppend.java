package io.mealexpense.system;

import java.sql.Connection;
import java.sql.SQLException;

/** An append in a transaction that stays open until its client ends it, as no command of the product does. */
final class LateAppend implements AutoCloseable {

    /** The first expense once more, under another id. */
    private static final String APPEND = """
            WITH head AS (
                UPDATE event_store.head
                   SET position = position + 1, at = greatest(at, clock_timestamp())
                RETURNING position, at),
            first AS (
                SELECT aggregate_id AS id, gen_random_uuid() AS other, payload, metadata
                  FROM event_store.domain_event
                 WHERE name = 'MealExpenseRecorded'
                 ORDER BY position LIMIT 1)
            INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence, event_id, name,
                   revision, recorded_at, payload, metadata)
            SELECT head.position, 'MealExpense', first.other, 0, gen_random_uuid(), 'MealExpenseRecorded', '1', head.at,
                   replace(first.payload::text, first.id::text, first.other::text)::json, first.metadata
              FROM head, first
            """;

    private final Connection session;

    private LateAppend(Connection session) {
        this.session = session;
    }

    static LateAppend begin(Log log) throws SQLException {
        var session = log.connect(Log.COMMAND);
        session.setAutoCommit(false);
        try (var statement = session.createStatement()) {
            if (statement.executeUpdate(APPEND) != 1) {
                throw new IllegalStateException("There is no expense yet");
            }
        }
        return new LateAppend(session);
    }

    void end(boolean commit) throws SQLException {
        if (commit) {
            session.commit();
        } else {
            session.rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
