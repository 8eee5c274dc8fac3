package io.mealexpense.benchmarks;

import io.mealexpense.benchmarks.dataset.EventGenerator;
import java.util.concurrent.CompletableFuture;

/**
 * What is asked over HTTP, and who asks; started once, so that it is warm for every figure.
 *
 * @param load knows the bodies and tokens of all accounts
 * @param yardstick what people would write otherwise; it starts beside the others
 */
record Services(Worker command, int commandPort, Worker load, CompletableFuture<Worker> yardstick, int yardstickPort) {

    static Services start(Lab lab, Options options) {
        Console.step("Starting the command service");
        var port = Lab.freePort();
        var command = lab.commandService(port);
        var load = lab.load(EventGenerator.accounts(options.seed(), Options.USERS, options.events()));
        var yardstickPort = Lab.freePort();
        var yardstick = options.wants("http")
                ? CompletableFuture.supplyAsync(() -> lab.crud(yardstickPort))
                : CompletableFuture.<Worker>failedFuture(new IllegalStateException("Nobody wants it"));
        return new Services(command, port, load, yardstick, yardstickPort);
    }
}
