package io.mealexpense.system;

import java.util.concurrent.CountDownLatch;

/**
 * Starts the distributed form for scripts: {@code DistributedMain --port 8080 [--static frontend/dist]}, in the folder
 * of this module. Says {@code ready <URL>} and stops everything when it is told to end.
 */
final class DistributedMain {

    private DistributedMain() {}

    public static void main(String... arguments) throws InterruptedException {
        var options = RouterMain.Options.of(arguments);
        var system = Distributed.start(Integer.parseInt(options.get("port")), 1, options.pages());
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-distributed"));
        System.out.println("ready " + system.base());
        new CountDownLatch(1).await();
    }
}
