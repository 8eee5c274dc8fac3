package io.mealexpense.query.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events changes. Handlers only gather; nothing is written before {@link #write()}, over the rows that
 * are there, or until {@link #forEmptyTables()} is copied.
 */
public final class Batch {

    private static final ThreadLocal<@Nullable Batch> CURRENT = new ThreadLocal<>();

    /** The share of one table. */
    interface Part {

        /** Writes over the rows that are there, in the caller's transaction. */
        void write();

        /** Adds what a table becomes that has no rows of these aggregates. */
        void copy(List<CopyRows> copies);
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

    /** The outcome where there are no rows of these aggregates yet, worked out without a database. */
    public List<CopyRows> forEmptyTables() {
        var copies = new ArrayList<CopyRows>();
        parts.values().forEach(part -> part.copy(copies));
        return copies;
    }
}
