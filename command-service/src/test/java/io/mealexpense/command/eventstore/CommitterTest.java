package io.mealexpense.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.command.metrics.CommandMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommitterTest {

    private static final int CAPACITY = 4;
    private static final String TAKEN = "taken";

    private final Semaphore open = new Semaphore(0);
    private final AtomicLong head = new AtomicLong();
    private final List<Integer> statements = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Committer committer = new Committer(this::statement, CAPACITY, 6, new CommandMeters(meters));

    /** A log that commits when it is let, and refuses what is named taken. */
    private long statement(List<NewEvent> events) {
        open.acquireUninterruptibly();
        synchronized (statements) {
            statements.add(events.size());
        }
        if (events.stream().anyMatch(event -> event.name().equals(TAKEN))) {
            throw new EventLog.DuplicateEventException(new SQLException("taken", "23505"));
        }
        return head.addAndGet(events.size());
    }

    private static List<NewEvent> events(int count, String name) {
        var aggregate = UUID.randomUUID();
        var events = new ArrayList<NewEvent>();
        for (var i = 0; i < count; i++) {
            events.add(new NewEvent("Test", aggregate, i, UUID.randomUUID(), name, "1", null, "{}", "{}"));
        }
        return events;
    }

    private CompletableFuture<Long> append(int count, String name) {
        var before = committer.waiting();
        var future =
                CompletableFuture.supplyAsync(() -> committer.append(events(count, name)), Thread.ofVirtual()::start);
        await().until(() -> committer.waiting() > before || future.isDone());
        return future;
    }

    /** A first append, which is held until {@link #open} lets it go. */
    private CompletableFuture<Long> first() {
        var first =
                CompletableFuture.supplyAsync(() -> committer.append(events(1, "Happened")), Thread.ofVirtual()::start);
        await().until(open::hasQueuedThreads);
        return first;
    }

    @AfterEach
    void close() throws InterruptedException {
        open.release(1_000);
        committer.close();
    }

    @Test
    void what_waits_is_committed_together_and_each_is_told_its_own_place() {
        var first = first();
        var second = append(2, "Happened");
        var third = append(3, "Happened");

        open.release(2);

        assertThat(first.join()).isEqualTo(1);
        assertThat(second.join()).isEqualTo(3);
        assertThat(third.join()).isEqualTo(6);
        assertThat(statements).containsExactly(1, 5);
    }

    @Test
    void operators_see_how_long_appends_take_how_many_wait_and_how_many_share_a_statement() {
        var first = first();
        var second = append(2, "Happened");
        var third = append(3, "Happened");
        assertThat(meters.get(CommandMeters.QUEUE).gauge().value()).isEqualTo(2);
        assertThat(meters.get(CommandMeters.QUEUE_CAPACITY).gauge().value()).isEqualTo(CAPACITY);

        open.release(2);
        CompletableFuture.allOf(first, second, third).join();

        var batches = meters.get(CommandMeters.BATCH).summary();
        assertThat(batches.count()).isEqualTo(2);
        assertThat(batches.max()).isEqualTo(5);
        var appends = meters.get(CommandMeters.APPENDS).timer();
        assertThat(appends.count()).isEqualTo(3);
        assertThat(appends.max(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(meters.get(CommandMeters.QUEUE).gauge().value()).isZero();
    }

    @Test
    void a_statement_has_a_largest_size() {
        first();
        append(4, "Happened");
        var third = append(4, "Happened");

        open.release(3);

        assertThat(third.join()).isEqualTo(9);
        assertThat(statements).containsExactly(1, 4, 4);
    }

    @Test
    void a_refused_one_does_not_take_its_companions_along() {
        first();
        var second = append(1, "Happened");
        var taken = append(1, TAKEN);
        var fourth = append(1, "Happened");

        open.release(5);

        assertThat(second.join()).isEqualTo(2);
        assertThat(fourth.join()).isEqualTo(3);
        assertThatThrownBy(taken::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(EventLog.DuplicateEventException.class);
    }

    @Test
    void one_too_many_is_refused_at_once() {
        first();
        for (var i = 0; i < CAPACITY; i++) {
            append(1, "Happened");
        }

        assertThat(append(1, "Happened"))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LogBusyException.class);
    }

    @Test
    void one_that_is_interrupted_while_it_waits_takes_nobody_along() throws InterruptedException {
        var first = first();
        var outcome = new CompletableFuture<Long>();
        var interrupted = Thread.ofPlatform().start(() -> {
            try {
                outcome.complete(committer.append(events(1, "Happened")));
            } catch (RuntimeException unknown) {
                outcome.completeExceptionally(unknown);
            }
        });
        await().until(() -> committer.waiting() == 1);
        var third = append(1, "Happened");

        interrupted.interrupt();
        interrupted.join();
        open.release(2);

        assertThat(first.join()).isEqualTo(1);
        assertThat(third.join()).isEqualTo(2);
        assertThatThrownBy(outcome::join).hasCauseInstanceOf(EventLog.OutcomeUnknownException.class);
    }

    @Test
    void under_any_load_everybody_is_told_once_and_nobody_is_forgotten() {
        open.release(1_000_000);
        var appends = new ArrayList<CompletableFuture<Long>>();
        for (var thread = 0; thread < CAPACITY; thread++) {
            for (var virtual : List.of(true, false)) {
                appends.add(CompletableFuture.supplyAsync(
                        () -> {
                            var last = 0L;
                            for (var i = 0; i < 2_000; i++) {
                                try {
                                    last = Math.max(last, committer.append(events(1, "Happened")));
                                } catch (LogBusyException full) {
                                    i--;
                                    Thread.yield();
                                }
                            }
                            return last;
                        },
                        virtual ? Thread.ofVirtual()::start : Thread.ofPlatform()::start));
            }
        }
        assertThat(appends.stream().mapToLong(CompletableFuture::join).max()).hasValue(2 * CAPACITY * 2_000);
        assertThat(committer.waiting()).isZero();
    }

    @Test
    void what_waits_at_the_end_is_still_committed_and_nothing_after_it() throws InterruptedException {
        first();
        var waiting = append(1, "Happened");
        open.release(1_000);

        committer.close();

        assertThat(waiting.join()).isEqualTo(2);
        assertThatThrownBy(() -> committer.append(events(1, "Happened"))).isInstanceOf(LogBusyException.class);
    }
}
