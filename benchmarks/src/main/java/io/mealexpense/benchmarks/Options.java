package io.mealexpense.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is measured.
 *
 * @param only ids of figures, or their first words; empty for all
 */
record Options(boolean full, Set<String> only, long seed) {

    static final int USERS = 100;

    static Options of(String... arguments) {
        var full = false;
        var seed = 42L;
        Set<String> only = Set.of();
        for (var i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--full" -> full = true;
                case "--only" ->
                    only = Arrays.stream(value(arguments, ++i).split(","))
                            .map(String::strip)
                            .collect(Collectors.toUnmodifiableSet());
                case "--seed" -> seed = Long.parseLong(value(arguments, ++i));
                default -> throw new IllegalArgumentException("Unknown option: " + arguments[i]);
            }
        }
        return new Options(full, only, seed);
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }

    /** Events in the log that appends go to. */
    long events() {
        return full ? 3_000_000 : 30_000;
    }

    /** Expenses of the two accounts whose lists and reports are compared. */
    List<Integer> large() {
        return List.of(full ? 1_000_000 : 20_000, full ? 10_000 : 2_000);
    }

    /** Expenses of the loaded history that one stretch amends; none by default, whose history is too short for it. */
    int cold() {
        return full ? 3_000 : 0;
    }

    /** Expenses with three events that one stretch amends at most, each once; the service remembers more. */
    int prepared() {
        return full ? 8_000 : 5_000;
    }

    /** Seconds of CPU after which a JVM is taken to be as warm as it gets. */
    double warmCpu() {
        return full ? 120 : 50;
    }

    int rounds() {
        return full ? 5 : 3;
    }

    /** Seconds of one activity in one round. */
    double stretch() {
        return full ? 3 : 1.2;
    }

    boolean wants(String group) {
        return only.isEmpty() || only.stream().anyMatch(id -> id.equals(group) || id.startsWith(group + "-"));
    }
}
