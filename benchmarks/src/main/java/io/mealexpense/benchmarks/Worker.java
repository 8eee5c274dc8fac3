package io.mealexpense.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Java program of a run in a process of its own; some are told what to do on their standard input. */
final class Worker implements AutoCloseable {

    /** Begins a line that is an answer; other lines are the program's own words. */
    static final String ANSWER = "=== ";

    private final String name;
    private final Path log;
    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader words;

    private Worker(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.words = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a program that answers orders.
     *
     * @param jvm options and what to run: {@code -jar …} or {@code -cp … Main}
     */
    static Worker start(Path folder, String name, List<String> jvm, Map<String, String> environment) {
        return start(folder, name, jvm, environment, true);
    }

    /** Starts a program that needs no orders; all it says goes to its log. */
    static Worker service(Path folder, String name, List<String> jvm, Map<String, String> environment) {
        return start(folder, name, jvm, environment, false);
    }

    private static Worker start(
            Path folder, String name, List<String> jvm, Map<String, String> environment, boolean answers) {
        var log = folder.resolve(name + ".log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        if (!answers) {
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
        }
        builder.environment().keySet().removeIf(variable -> variable.startsWith("MEALS_"));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        try {
            return new Worker(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return name;
    }

    /** Waits for the answer that a program gives when it is ready. */
    Map<String, String> answer() {
        try {
            for (String line; (line = words.readLine()) != null; ) {
                if (line.startsWith(ANSWER)) {
                    return Arrays.stream(line.substring(ANSWER.length()).split(" "))
                            .map(pair -> pair.split("=", 2))
                            .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("%s ended; its last words:%n%s".formatted(name, lastWords()));
    }

    /** Gives an order and waits until it is done. */
    Map<String, String> order(String... words) {
        orders.println(String.join(" ", words));
        var answer = answer();
        if (answer.containsKey("failed")) {
            throw new IllegalStateException("%s failed: %s%n%s".formatted(name, answer.get("failed"), lastWords()));
        }
        return answer;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    @Override
    public void close() {
        orders.close();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
