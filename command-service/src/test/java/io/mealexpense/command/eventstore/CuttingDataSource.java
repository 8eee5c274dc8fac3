package io.mealexpense.command.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Loses the connection at a chosen moment, like a network does. */
final class CuttingDataSource extends DelegatingDataSource {

    private enum Cut {
        NONE,
        BEFORE,
        AFTER
    }

    private static final String CONNECTION_FAILURE = "08006";

    private Cut cut = Cut.NONE;
    private Action between = () -> {};

    CuttingDataSource(DataSource real) {
        super(real);
    }

    void beforeTheNextStatement() {
        cut = Cut.BEFORE;
    }

    /** The server has carried it out; its answer is lost. */
    void afterTheNextStatement() {
        cut = Cut.AFTER;
    }

    /** Runs on the client's own thread, after every statement that the server has carried out. */
    void betweenStatements(Action action) {
        between = action;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var real = super.getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            var result = method.invoke(real, arguments);
            return result instanceof PreparedStatement statement ? cutting(statement) : result;
        });
    }

    private PreparedStatement cutting(PreparedStatement real) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            var execute = method.getName().equals("executeQuery");
            if (execute && cut == Cut.BEFORE) {
                cut = Cut.NONE;
                throw new SQLException("cut", CONNECTION_FAILURE);
            }
            var result = method.invoke(real, arguments);
            if (method.getName().startsWith("execute")) {
                between.run();
            }
            if (execute && cut == Cut.AFTER) {
                cut = Cut.NONE;
                throw new SQLException("cut", CONNECTION_FAILURE);
            }
            return result;
        });
    }

    /** What happens meanwhile. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private interface Call {
        Object with(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.with(method, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }
}
