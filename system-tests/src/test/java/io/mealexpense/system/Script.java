package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A check that is a program of its own; what it says is shown as it says it. */
final class Script {

    private Script() {}

    /**
     * Runs it to its end.
     *
     * @return its exit code
     * @throws AssertionError if it does not end in time
     */
    static int run(Path folder, Map<String, String> environment, Duration limit, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            CompletableFuture.runAsync(() -> show(process), Thread.ofVirtual()::start);
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("%s did not end within %s".formatted(command, limit));
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Line by line: the streams of a forked test JVM are not its own to hand on. */
    private static void show(Process process) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(System.out::println);
        } catch (IOException | UncheckedIOException ended) {
            // with the process
        }
    }
}
