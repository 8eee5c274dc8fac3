package io.mealexpense.command.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Leaves transactions open until it is let: what {@link EventLog} never does, and a log must survive. */
final class LateCommits extends DelegatingDataSource {

    private final Semaphore let = new Semaphore(0);

    LateCommits(DataSource real) {
        super(real);
    }

    /** Whether a transaction has done its work and is still open. */
    boolean hasOpen() {
        return let.hasQueuedThreads();
    }

    /** Lets the next transaction commit. */
    void commitOne() {
        let.release();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var real = super.getConnection();
        real.setAutoCommit(false);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        let.acquireUninterruptibly();
                        real.commit();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
