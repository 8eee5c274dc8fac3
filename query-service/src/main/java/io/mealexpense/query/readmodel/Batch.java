package io.mealexpense.query.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events changes. Handlers only gather; nothing is written before {@link #write()}, over the rows that
 * are there, or {@link #copyTo}, into empty tables.
 */
public final class Batch {

    private static final ThreadLocal<@Nullable Batch> CURRENT = new ThreadLocal<>();

    /** The share of one table. */
    interface Part {

        /** Writes over the rows that are there, in the caller's transaction. */
        void write();

        /** Copies into a table that has no rows of these aggregates, in the connection's transaction. */
        void copyTo(Connection connection) throws SQLException;
    }

    private final Map<String, Part> parts = new LinkedHashMap<>();

    private Batch() {}

    /** Runs the handlers on this thread and keeps what they want written. */
    public static Batch gather(Callable<?> handlers) throws Exception {
        var batch = new Batch();
        CURRENT.set(batch);
        try {
            handlers.call();
            return batch;
        } finally {
            CURRENT.remove();
        }
    }

    @SuppressWarnings("unchecked")
    static <P extends Part> P part(String table, Supplier<P> fresh) {
        var batch = CURRENT.get();
        if (batch == null) {
            throw new IllegalStateException("Rows of %s are changed outside of a batch".formatted(table));
        }
        return (P) batch.parts.computeIfAbsent(table, name -> fresh.get());
    }

    public void write() {
        parts.values().forEach(Part::write);
    }

    public void copyTo(Connection connection) throws SQLException {
        for (var part : parts.values()) {
            part.copyTo(connection);
        }
    }
}
