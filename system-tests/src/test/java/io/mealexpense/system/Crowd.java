package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Client.Command;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Clients who work side by side, and the one check that what each of them was told is true. */
final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Client> clients;
    private final Duration thought;
    private final ExecutorService threads;
    private final List<Future<?>> working = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicLong longestPause = new AtomicLong();
    private final Queue<String> notAcknowledged = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** @param doors each client goes through any of them */
    Crowd(int size, List<Api> doors) {
        this(size, doors, Duration.ofMillis(5));
    }

    /** @param thought of each client between two commands */
    Crowd(int size, List<Api> doors, Duration thought) {
        this.thought = thought;
        this.clients = IntStream.range(0, size)
                .mapToObj(number -> new Client(doors, number))
                .toList();
        this.threads = Executors.newFixedThreadPool(size);
    }

    List<Client> clients() {
        return clients;
    }

    /** All of them begin to work, without end, a moment's thought between two commands. */
    Crowd start() {
        clients.forEach(client -> working.add(threads.submit(() -> work(client))));
        return this;
    }

    private void work(Client client) {
        var lastTime = System.nanoTime();
        while (!stopping || client.unanswered() != null) {
            try {
                if (client.send()) {
                    acknowledged.incrementAndGet();
                    var now = System.nanoTime();
                    longestPause.accumulateAndGet(now - lastTime, Math::max);
                    lastTime = now;
                } else {
                    notAcknowledged.add("503: " + client.unanswered());
                    pause(200);
                }
            } catch (UncheckedIOException noAnswer) {
                notAcknowledged.add(noAnswer.getMessage() + ": " + client.unanswered());
                pause(50);
            }
            if (System.nanoTime() - lastTime > PATIENCE.toNanos()) {
                throw new AssertionError("Nothing was acknowledged for " + PATIENCE + " while there was "
                        + client.unanswered() + " to do");
            }
            pause(thought.toMillis());
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Waits until that many more commands were acknowledged. */
    void awaitMore(int commands) {
        var goal = acknowledged.get() + commands;
        var giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (acknowledged.get() < goal) {
            working.stream().filter(Future::isDone).forEach(Crowd::rethrow);
            assertThat(System.nanoTime()).as("time to acknowledge " + commands).isLessThan(giveUp);
            pause(10);
        }
    }

    /** The longest time between two acknowledgements to one client since this was asked the last time. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause.getAndSet(0));
    }

    /** Requests that were not acknowledged the first time, and why; disturbances are allowed some. */
    List<String> notAcknowledged() {
        return List.copyOf(notAcknowledged);
    }

    /** What is unanswered is asked for again until it is answered; then all of them rest. */
    void rest() {
        stopping = true;
        working.forEach(Crowd::rethrow);
        working.clear();
        stopping = false;
    }

    private static void rethrow(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("A client gave up: " + failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** To be asked at rest. Says of every expense what the clients believe, for the owner's list. */
    Map<String, String> expected() {
        var expected = new TreeMap<String, String>();
        clients.forEach(client -> expected.putAll(client.expected()));
        return expected;
    }

    /**
     * Every acknowledged command is in the log exactly once and as it was acknowledged; what was said not to be
     * recorded is not, and nothing else is there. The log is in order, and the read models are its fold.
     */
    void requireKept(Product product) {
        requireRecorded(product.log());
        product.log().requireInOrder();
        product.fold().requireEqual();
    }

    /** The part of it that is about the log alone. */
    void requireRecorded(Log log) {
        var events = eventsByCommand(log);
        for (var client : clients) {
            for (var command : client.acknowledged()) {
                assertThat(events.remove(command.key()))
                        .as("acknowledged: %s", command)
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.name()).isEqualTo(command.event());
                            assertThat(event.aggregateId()).isEqualTo(command.id());
                            assertThat("\"" + event.sequence() + "\"").isEqualTo(command.etag());
                        });
            }
            for (var command : client.givenUp()) {
                assertThat(events.get(command.key()))
                        .as("refused with the word that nothing was recorded: %s", command)
                        .isNull();
            }
            var unanswered = client.unanswered();
            if (unanswered != null) {
                var recorded = events.remove(unanswered.key());
                assertThat(recorded == null ? 0 : recorded.size())
                        .as("unanswered: %s", unanswered)
                        .isLessThanOrEqualTo(1);
            }
        }
        assertThat(events).as("events that nobody asked for").isEmpty();
    }

    private Map<String, List<Log.Event>> eventsByCommand(Log log) {
        var ids = new HashSet<UUID>();
        clients.forEach(client -> {
            ids.addAll(client.ids());
            client.givenUp().stream().map(Command::id).forEach(ids::add);
        });
        var events = new HashMap<String, List<Log.Event>>();
        for (var event : log.expenseEvents()) {
            if (ids.contains(event.aggregateId())) {
                var command = event.sequence() == 0 ? event.aggregateId().toString() : event.commandId();
                events.computeIfAbsent(String.valueOf(command), key -> new ArrayList<>())
                        .add(event);
            }
        }
        return events;
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
