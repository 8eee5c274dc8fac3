package io.mealexpense.benchmarks;

import io.mealexpense.benchmarks.dataset.EventGenerator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is asked over HTTP, and who asks; started once, so that it is warm for every figure.
 *
 * @param load knows the bodies and tokens of all accounts
 * @param yardstick what people would write otherwise; empty if no figure is held against it
 */
record Services(Worker command, int commandPort, Worker load, Optional<Worker> yardstick, int yardstickPort) {

    /** The yardstick starts beside the command service, so that it is beside nothing that is measured. */
    static Services start(Lab lab, Options options) {
        Console.step("Starting the command service");
        var port = Lab.freePort();
        var yardstickPort = Lab.freePort();
        var yardstick = CompletableFuture.supplyAsync(
                () -> options.wants("http") ? Optional.of(lab.crud(yardstickPort)) : Optional.<Worker>empty());
        var command = lab.commandService(port);
        var load = lab.load(EventGenerator.accounts(options.seed(), Options.USERS, options.events()));
        return new Services(command, port, load, yardstick.join(), yardstickPort);
    }
}
