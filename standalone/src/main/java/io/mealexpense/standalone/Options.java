package io.mealexpense.standalone;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param dataDir where everything is kept
 * @param address the interface that is listened on; {@code localhost} unless told
 * @param port HTTP, 0 for any free one
 * @param demo whether a demonstration data set is wanted, in a store of its own
 */
record Options(Path dataDir, String address, int port, boolean demo) {

    static final String USAGE = """
            Usage: ./run [--demo] [--data-dir DIR] [--port PORT] [--address ADDRESS]
              --demo              a demonstration data set in a store of its own; prints three logins
              --data-dir DIR      where everything is kept (default: $MEALS_DATA_DIR, or
                                  ~/.local/share/meal-expense-tracker; with --demo beside it)
              --port PORT         default: $MEALS_PORT, or 8080
              --address ADDRESS   listen there; default: localhost only
            """;

    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments, Map<String, String> environment, Path home) {
        var demo = false;
        String dataDir = environment.get("MEALS_DATA_DIR");
        var address = environment.getOrDefault("MEALS_ADDRESS", "localhost");
        var port = environment.getOrDefault("MEALS_PORT", "8080");
        var given = false;
        var rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            var argument = rest.poll();
            var split = argument.indexOf('=');
            var name = split < 0 ? argument : argument.substring(0, split);
            var inline = split < 0 ? null : argument.substring(split + 1);
            switch (name) {
                case "--demo" -> demo = true;
                case "--data-dir" -> {
                    dataDir = value(name, inline, rest);
                    given = true;
                }
                case "--port" -> port = value(name, inline, rest);
                case "--address" -> address = value(name, inline, rest);
                default -> throw new UsageException("Unknown option " + argument);
            }
        }
        var share = environment.getOrDefault(
                "XDG_DATA_HOME", home.resolve(".local/share").toString());
        var base = dataDir == null ? Path.of(share, "meal-expense-tracker") : Path.of(dataDir);
        if (demo && !given) {
            base = base.resolveSibling(base.getFileName() + "-demo");
        }
        return new Options(base.toAbsolutePath().normalize(), address, port(port), demo);
    }

    private static String value(String name, @Nullable String inline, ArrayDeque<String> rest) {
        var value = inline != null ? inline : rest.poll();
        if (value == null || value.isBlank() || (inline == null && value.startsWith("--"))) {
            throw new UsageException(name + " needs a value");
        }
        return Objects.requireNonNull(value);
    }

    private static int port(String text) {
        try {
            var port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new UsageException("--port is a number from 0 to 65535, not " + text);
    }
}
