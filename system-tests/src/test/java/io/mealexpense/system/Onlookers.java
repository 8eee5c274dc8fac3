package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Read one member's list and reports over and over while that member records lunches of 1.00 and nothing else: every
 * read has to be answered, counts never fall, and a sum is always what is counted.
 */
final class Onlookers implements AutoCloseable {

    private static final List<String> REPORTS = List.of(
            "/expenses?limit=1",
            "/reports/monthly?from=2026-03&to=2026-03",
            "/reports/categories?from=2026-03-01&to=2026-03-31",
            "/reports/spending?groupBy=mealType&from=2026-03-01&to=2026-03-31");

    private final Api member;
    private final URI commandService;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> working = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger recorded = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean stopping;

    Onlookers(Api member, URI commandService, List<URI> queryServices) {
        this.member = member;
        this.commandService = commandService;
        working.add(threads.submit(this::record));
        queryServices.forEach(service -> working.add(threads.submit(() -> look(member.via(service)))));
        working.add(threads.submit(
                () -> look(queryServices.stream().map(member::via).toArray(Api[]::new))));
    }

    private void record() {
        var door = member.via(commandService);
        while (!stopping) {
            sent.incrementAndGet();
            door.post("/expenses", Expenses.lunch("1.00")).patiently().expect(201);
            recorded.incrementAndGet();
        }
    }

    private void look(Api... doors) {
        Map<String, Long> seen = new HashMap<>();
        for (var turn = 0; !stopping; turn++) {
            for (var report : REPORTS) {
                var answer = doors[turn % doors.length]
                        .get(report)
                        .send()
                        .expect(200)
                        .json();
                var total = total(answer);
                var count = total.path("count").asLong(0);
                assertThat(count).as(report).isBetween(seen.getOrDefault(report, 0L), (long) sent.get());
                assertThat(new BigDecimal(total.path("amount").asString("0")))
                        .as("the sum beside the count of %s", report)
                        .isEqualByComparingTo(BigDecimal.valueOf(count));
                assertThat(answer.has("incomplete")).as(report).isFalse();
                seen.put(report, count);
                reads.incrementAndGet();
            }
        }
    }

    /** The only one there can be; nothing as long as there is none. */
    private static JsonNode total(JsonNode answer) {
        var totals = answer.findValues("totals");
        return totals.isEmpty() ? answer.path("totals") : totals.getFirst().path(0);
    }

    int reads() {
        working.stream().filter(Future::isDone).forEach(Onlookers::rethrow);
        return reads.get();
    }

    /** @return how many lunches were recorded */
    int rest() {
        stopping = true;
        working.forEach(Onlookers::rethrow);
        assertThat(recorded.get()).isEqualTo(sent.get()).isPositive();
        return recorded.get();
    }

    private static void rethrow(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("An onlooker saw what must not be", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
