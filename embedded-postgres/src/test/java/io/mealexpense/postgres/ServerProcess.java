package io.mealexpense.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that starts the server of a folder, says so, and waits to be told or forced to end. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ServerProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    public static void main(String... arguments) throws IOException {
        try (var postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
            System.out.println("ready " + postgres.database().port());
            System.in.read();
        }
        System.out.println("stopped");
    }

    static ServerProcess start(Path dataFolder) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), dataFolder);
    }

    /** From a copy of the class path that every account can read. */
    static ServerProcess startAs(List<String> prefix, Path copy, Path dataFolder) throws IOException {
        var entries = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var target = copy.resolve(entries.size() + "-" + Path.of(entry).getFileName());
            copyTree(Path.of(entry), target);
            entries.add(target.toString());
        }
        return start(prefix, String.join(File.pathSeparator, entries), dataFolder);
    }

    private static ServerProcess start(List<String> prefix, String classPath, Path dataFolder) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classPath,
                ServerProcess.class.getName(),
                dataFolder.toString()));
        return new ServerProcess(new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start());
    }

    int awaitReady() throws IOException {
        return Integer.parseInt(awaitLine("ready ").substring("ready ".length()));
    }

    void stop() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        awaitLine("stopped");
    }

    /** What {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    long pid() {
        return process.pid();
    }

    private String awaitLine(String start) throws IOException {
        var seen = new StringBuilder();
        String line;
        while ((line = output.readLine()) != null) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new IOException("The process ended without saying \"" + start + "\":\n" + seen);
    }

    @Override
    public void close() {
        kill();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, file.equals(from) ? to : target);
                }
            }
        }
    }
}
