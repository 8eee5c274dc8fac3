package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the product in a JVM of its own, small, its output in a file. */
final class JavaProcess implements AutoCloseable {

    /** A loaded machine with two cores may take its time. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration UNPACKING = Duration.ofMinutes(1);

    private static final int LOG_TAIL_LINES = 60;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final Path log;
    private final Process process;
    private final URI base;

    private JavaProcess(String name, Path log, Process process, URI base) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.base = base;
    }

    /**
     * Starts it without waiting until it is ready.
     *
     * @param folder where its output goes
     * @param port where it will answer
     */
    static JavaProcess start(
            Path folder,
            String name,
            Path jar,
            List<String> jvmOptions,
            int port,
            Map<String, String> environment,
            List<String> arguments) {
        var log = folder.resolve(name + ".log");
        var command =
                new ArrayList<>(List.of(javaProgram(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("MEALS_"));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            Guardian.started(process);
            return new JavaProcess(name, log, process, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A new folder for logs and data; a {@code clean} takes it away. */
    static Path newFolder(String prefix) {
        try {
            var parent = Files.createDirectories(Path.of("target/system-tests").toAbsolutePath());
            return Files.createTempDirectory(parent, prefix + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logs are kept, databases are not: they are large. */
    static void delete(Path data) {
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this build is. */
    static final Path THIS_BUILD = Path.of("..");

    /** The program of a module of this build. */
    static Path jarOf(String module) {
        return jarOf(THIS_BUILD, module);
    }

    /** The program of a module of the build in that folder, unpacked as it is shipped: it starts in half the time. */
    static Path jarOf(Path build, String module) {
        var jar = packagedJarOf(build, module);
        try {
            return unpacked(jar).resolve(jar.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder with what is in the jar: one for each time that it was packaged, seen by others when it is whole. */
    private static Path unpacked(Path jar) throws IOException {
        var folder =
                jar.resolveSibling("unpacked-" + Files.getLastModifiedTime(jar).toMillis());
        if (Files.exists(folder)) {
            return folder;
        }
        var unpacking = Files.createTempDirectory(jar.getParent(), "unpacking-");
        var command = List.of(
                javaProgram(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                unpacking.toString());
        if (Script.run(jar.getParent(), Map.of(), UNPACKING, command) != 0) {
            throw new IllegalStateException("%s could not be unpacked".formatted(jar));
        }
        try {
            Files.move(unpacking, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException another) {
            if (Files.notExists(folder)) {
                throw another;
            }
            delete(unpacking); // somebody else was faster
        }
        return folder;
    }

    /** The executable jar of a module of the build in that folder. */
    static Path packagedJarOf(Path build, String module) {
        var target = build.resolve(module).resolve("target").toAbsolutePath().normalize();
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(module + "-.*-exec\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "No %s-*-exec.jar in %s: package the module first".formatted(module, target)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return base;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    JavaProcess awaitReady() {
        var request = HttpRequest.newBuilder(base.resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        var giveUp = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < giveUp && process.isAlive()) {
            try {
                if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return this;
                }
                Thread.sleep(100);
            } catch (IOException notYet) {
                pause();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        var why = process.isAlive() ? "is not ready in time" : "ended with exit code " + process.exitValue();
        kill();
        throw new IllegalStateException("%s %s; the end of its log:%n%s".formatted(name, why, logTail()));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exit code of a program that ends by itself. */
    int awaitEnd() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new IllegalStateException("%s did not end; the end of its log:%n%s".formatted(name, logTail()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        Guardian.ended(process);
        return process.exitValue();
    }

    /** What {@code kill -9} does, to this process only. */
    void kill() {
        process.destroyForcibly().onExit().join();
        Guardian.ended(process);
    }

    /** Stands still where it is, until it is thawed: what a machine does that is suspended, or swaps. */
    void freeze() {
        signal("STOP", process.pid());
    }

    void thaw() {
        signal("CONT", process.pid());
    }

    static void signal(String signal, long processId) {
        var command = List.of("sh", "-c", "kill -%s %d".formatted(signal, processId));
        if (Script.run(Path.of("."), Map.of(), Duration.ofSeconds(10), command) != 0) {
            throw new IllegalStateException("Signal %s cannot be sent to %d".formatted(signal, processId));
        }
    }

    /** Asks it to end, and insists if it does not. */
    @Override
    public void close() {
        if (!stop()) {
            System.err.println(name + " did not stop when asked to; it was killed");
        }
    }

    /** @return whether it ended when asked to */
    boolean stop() {
        process.destroy();
        var ended = false;
        try {
            ended = process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        kill();
        return ended;
    }

    /** All that it said. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logTail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }
}
