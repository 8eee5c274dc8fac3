package io.mealexpense.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code RouterMain --port 8080 --command http://localhost:8081 --query http://localhost:8082 [--static dist]}. */
final class RouterMain {

    private RouterMain() {}

    public static void main(String... arguments) throws InterruptedException {
        var options = Options.of(arguments);
        var router = Router.start(
                Integer.parseInt(options.get("port")),
                services(options.get("command")),
                services(options.get("query")),
                options.pages());
        System.out.println("ready " + router.base());
        new CountDownLatch(1).await();
    }

    /** Several are separated by commas and take turns. */
    private static List<URI> services(String text) {
        return Arrays.stream(text.split(",")).map(URI::create).toList();
    }

    /** {@code --name value} pairs. */
    static final class Options {

        private final HashMap<String, String> values = new HashMap<>();

        static Options of(String... arguments) {
            var options = new Options();
            for (var i = 0; i + 1 < arguments.length; i += 2) {
                options.values.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
            }
            return options;
        }

        String get(String name) {
            var value = values.get(name);
            if (value == null) {
                System.err.println("--" + name + " is missing");
                System.exit(2);
            }
            return value;
        }

        @org.jspecify.annotations.Nullable
        RouterPages pages() {
            return values.containsKey("static") ? new RouterPages(Path.of(get("static"))) : null;
        }
    }
}
