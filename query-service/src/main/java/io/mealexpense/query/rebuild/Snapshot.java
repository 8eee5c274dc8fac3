package io.mealexpense.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A transaction that goes on seeing what there was when it was taken, for as long as that is looked at. */
final class Snapshot implements AutoCloseable {

    private final Connection connection;
    private final int patience;

    Snapshot(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        try {
            patience = connection.getNetworkTimeout();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    Connection connection() {
        return connection;
    }

    void take() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'"); // another may take longer
            statement.execute("SELECT 1"); // the first query is what takes it
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setNetworkTimeout(Runnable::run, patience);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }
}
