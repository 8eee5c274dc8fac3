package io.mealexpense.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a program of the server, under an account that PostgreSQL accepts and in an environment of our making. */
final class PostgresProgram {

    /**
     * PostgreSQL refuses to run as root. In a user namespace without a mapping root's files stay root's, readable by
     * their owner as before, but the process sees itself and them as "nobody", and has none of root's powers.
     */
    private static final List<String> AS_NOBODY = List.of("unshare", "-U");

    private PostgresProgram() {}

    record Outcome(int exitCode, String output) {

        void orElseThrow(String what) {
            if (exitCode != 0) {
                var hint = output.contains("unshare:")
                        ? " PostgreSQL refuses to run as root, and this machine does not let root enter a user namespace"
                                + " either: start the product as an ordinary user."
                        : "";
                throw new EmbeddedPostgresException(
                        what + " failed (exit code " + exitCode + ")." + hint + "\n" + output.strip());
            }
        }
    }

    static Outcome run(Path workFolder, String input, List<String> command) {
        try {
            var process = start(workFolder, command, Map.of(), ProcessBuilder.Redirect.PIPE);
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it ended before it had read everything: its output and exit code tell why
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while " + command.getFirst() + " was running", e);
        }
    }

    /** @param more of an environment than it always has */
    static Process start(
            Path workFolder, List<String> command, Map<String, String> more, ProcessBuilder.Redirect output) {
        var whole = new ArrayList<String>();
        if (isRoot()) {
            whole.addAll(AS_NOBODY);
        }
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .directory(workFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        environment.putAll(more);
        try {
            return builder.start();
        } catch (IOException e) {
            var advice = isRoot()
                    ? "As root they need the program unshare; an ordinary user needs nothing else."
                    : "They need the GNU C library; on other systems use a PostgreSQL server of your own.";
            throw new EmbeddedPostgresException(
                    "The programs of PostgreSQL do not run on this machine (" + e.getMessage() + "). " + advice, e);
        }
    }

    static boolean isRoot() {
        try {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    : "root".equals(System.getProperty("user.name"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
