package io.mealexpense.command.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Remembers, for the command that runs on this thread, where its events ended up in the log. */
final class AppendRecorder {

    private final ThreadLocal<List<Appended>> current = new ThreadLocal<>();

    record Appended(UUID aggregateId, long sequence, long position) {}

    /** What was appended while the work ran, in log order. */
    List<Appended> during(Callable<?> work) throws Exception {
        var outer = current.get();
        var appended = new ArrayList<Appended>();
        current.set(appended);
        try {
            work.call();
            return appended;
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    void appended(UUID aggregateId, long sequence, long position) {
        var appended = current.get();
        if (appended != null) {
            appended.add(new Appended(aggregateId, sequence, position));
        }
    }
}
