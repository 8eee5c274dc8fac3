package io.mealexpense.command.expenseimport;

import io.mealexpense.command.eventstore.EventLogUnavailableException;
import io.mealexpense.command.eventstore.LogBusyException;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Many commands of one request, several under way together, so that the log commits them together. */
final class SideBySide implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SideBySide.class);

    /** The log takes at least as many appends into one commit, and others wait for it, too. */
    private static final int AT_A_TIME = 64;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final String cutShort;

    /**
     * @param cutShort what whoever asked is told if the log fails on the way
     */
    SideBySide(String cutShort) {
        this.cutShort = cutShort;
    }

    /** Begins the command once there is room, and hands its outcome to whoever wants it, on the calling thread. */
    <T> void send(Callable<T> command, Consumer<T> outcome) {
        if (waiting.size() == AT_A_TIME) {
            waiting.remove().run();
        }
        var request = MDC.getCopyOfContextMap();
        Future<T> under = threads.submit(() -> {
            if (request != null) {
                MDC.setContextMap(request);
            }
            return command.call();
        });
        waiting.add(() -> outcome.accept(take(under)));
    }

    /** Waits for all that are under way. */
    void await() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private <T> T take(Future<T> command) {
        try {
            return command.get();
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case EventLogUnavailableException unavailable -> {
                    log.error("The event log could not be used", unavailable);
                    yield cutShort();
                }
                case LogBusyException busy -> cutShort();
                case RuntimeException cause -> cause;
                case null, default -> new IllegalStateException(failure);
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw cutShort();
        }
    }

    private ProblemException cutShort() {
        return new ProblemException(ProblemType.BUSY, cutShort).header("Retry-After", "5");
    }

    /** Whatever failed, none is left under way. */
    @Override
    public void close() {
        threads.close();
    }
}
