package io.mealexpense.benchmarks;

import io.mealexpense.benchmarks.dataset.EventGenerator;

/**
 * The write side over HTTP, and who asks it; started once, so that it is warm for every figure.
 *
 * @param load knows the bodies and tokens of all accounts
 */
record Services(Worker command, int commandPort, Worker load) {

    static Services start(Lab lab, Options options) {
        Console.step("Starting the command service");
        var port = Lab.freePort();
        var command = lab.commandService(port);
        return new Services(
                command, port, lab.load(EventGenerator.accounts(options.seed(), Options.USERS, options.events())));
    }
}
