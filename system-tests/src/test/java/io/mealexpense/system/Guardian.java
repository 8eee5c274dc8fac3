package io.mealexpense.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends what a test JVM started if that one dies without doing so itself. A process of its own that is told every
 * process and every PostgreSQL folder on its standard input, whose end it takes as the end of the test JVM.
 */
final class Guardian {

    private static final String STARTED = "started ";
    private static final String ENDED = "ended ";
    private static final String POSTGRES = "postgres ";
    private static final String MOUNTED = "mounted ";

    private final PrintWriter words;

    private Guardian() {
        try {
            var process = new ProcessBuilder(
                            JavaProcess.javaProgram(),
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath(),
                            Guardian.class.getName())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            words = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made by the first who needs it, never in the guardian's own process. */
    private static final class Here {
        static final Guardian GUARDIAN = new Guardian();
    }

    /** These classes are all it needs. */
    private static String classPath() {
        return Path.of(Guardian.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    static synchronized void started(Process process) {
        Here.GUARDIAN.words.println(STARTED + process.pid());
    }

    static synchronized void ended(Process process) {
        Here.GUARDIAN.words.println(ENDED + process.pid());
    }

    /** The folder of a product's PostgreSQL; its server may outlive the process that started it. */
    static synchronized void postgres(Path dataFolder) {
        Here.GUARDIAN.words.println(POSTGRES + dataFolder.toAbsolutePath());
    }

    static synchronized void mounted(Path folder) {
        Here.GUARDIAN.words.println(MOUNTED + folder.toAbsolutePath());
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<Long, Optional<Instant>> processes = new HashMap<>();
        Set<Path> folders = new LinkedHashSet<>();
        Set<String> mounts = new LinkedHashSet<>();
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) {
                if (line.startsWith(STARTED)) {
                    var pid = Long.parseLong(line.substring(STARTED.length()));
                    processes.put(pid, startOf(pid));
                } else if (line.startsWith(ENDED)) {
                    processes.remove(Long.parseLong(line.substring(ENDED.length())));
                } else if (line.startsWith(POSTGRES)) {
                    folders.add(Path.of(line.substring(POSTGRES.length())));
                } else if (line.startsWith(MOUNTED)) {
                    mounts.add(line.substring(MOUNTED.length()));
                }
            }
        }
        // a number may belong to another process by now: only the one that started then is ended
        processes.forEach((pid, start) -> {
            if (start.isPresent() && startOf(pid).equals(start)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        });
        for (var folder : folders) {
            PostgresFolder.stop(folder);
        }
        for (var mount : mounts) {
            new ProcessBuilder("umount", mount).start().waitFor(); // complains of one that is gone, to nobody
        }
    }

    private static Optional<Instant> startOf(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
    }

    /** What of a data folder is to be known without the product's code. */
    static final class PostgresFolder {

        private PostgresFolder() {}

        static Optional<ProcessHandle> server(Path folder) {
            return note(folder)
                    .map(lines -> Long.parseLong(lines.getFirst().strip()))
                    .flatMap(ProcessHandle::of)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(false));
        }

        /** Without clients it stops at the first, polite word. */
        static void stop(Path folder) throws InterruptedException {
            var server = server(folder);
            if (server.isPresent()) {
                server.get().destroy();
                try {
                    server.get().onExit().get(10, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException stuck) {
                    server.get().destroyForcibly();
                }
            }
        }

        /** Whether a server works there, or one that was killed left its note. */
        static boolean isEmpty(Path folder) {
            return note(folder).isEmpty();
        }

        static int port(Path folder) {
            return note(folder)
                    .map(lines -> Integer.parseInt(lines.get(3).strip()))
                    .orElseThrow(() -> new IllegalStateException("No PostgreSQL runs on " + folder));
        }

        private static Optional<List<String>> note(Path folder) {
            try {
                return Optional.of(Files.readAllLines(folder.resolve("postgres/postmaster.pid")))
                        .filter(lines -> lines.size() > 3);
            } catch (IOException noServer) {
                return Optional.empty();
            }
        }
    }
}
