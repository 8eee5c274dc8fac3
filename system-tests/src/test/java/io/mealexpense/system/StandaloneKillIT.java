package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StandaloneKillIT {

    private static final int CLIENTS = 8;
    private static final int COMMANDS = 500;
    private static final int KILLED_AFTER = 230;

    private final Standalone product = Standalone.running();
    private final CountDownLatch untilKill = new CountDownLatch(KILLED_AFTER);

    @Test
    void every_acknowledged_command_survives_kill_9_exactly_once() throws Exception {
        var member = product.api().register();
        try (var crowd = new Crowd(CLIENTS, List.of(member.api()));
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var interrupted = start(threads, crowd);
            untilKill.await();
            product.kill();
            for (var client : interrupted) {
                client.get();
            }
            var acknowledged = acknowledged(crowd);
            assertThat(acknowledged).isBetween(KILLED_AFTER, COMMANDS - 1);

            product.restart();
            crowd.requireRecorded(product.log());
            System.out.printf(
                    "Killed with %d of %d commands acknowledged, %d unanswered%n",
                    acknowledged,
                    COMMANDS,
                    crowd.clients().stream()
                            .filter(client -> client.unanswered() != null)
                            .count());
            for (var client : start(threads, crowd)) {
                client.get();
            }

            assertThat(acknowledged(crowd)).isEqualTo(COMMANDS);
            var last = crowd.clients().stream().map(Client::last).toArray(Answer[]::new);
            assertThat(Expenses.listed(member, last)).isEqualTo(crowd.expected());
            crowd.requireKept(product);
        }
    }

    /** Each works until its share is done or the product is gone. */
    private List<Future<?>> start(ExecutorService threads, Crowd crowd) {
        var working = new ArrayList<Future<?>>();
        var share = COMMANDS / CLIENTS;
        for (var client : crowd.clients()) {
            var mine = working.isEmpty() ? share + COMMANDS % CLIENTS : share;
            working.add(threads.submit(() -> work(client, mine)));
        }
        return working;
    }

    private void work(Client client, int share) {
        try {
            while (client.acknowledged().size() < share) {
                if (client.send()) {
                    untilKill.countDown();
                }
            }
        } catch (UncheckedIOException gone) {
            // it asks again when the product is back
        }
    }

    private static int acknowledged(Crowd crowd) {
        return crowd.clients().stream()
                .mapToInt(client -> client.acknowledged().size())
                .sum();
    }
}
