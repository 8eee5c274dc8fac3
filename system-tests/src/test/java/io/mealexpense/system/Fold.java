package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the independent fold of the log said about the read models.
 *
 * @param exitCode 0 equal, 1 different, 2 could not find out
 */
record Fold(int exitCode, String said) {

    static Fold run(String url, String username, String password) {
        var builder = new ProcessBuilder("node", "fold.mjs", "--wait", "60")
                .directory(Path.of("fold").toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().put("MEALS_QUERY_DB_URL", url);
        builder.environment().put("MEALS_QUERY_DB_USERNAME", username);
        builder.environment().put("MEALS_QUERY_DB_PASSWORD", password);
        try {
            var process = builder.start();
            Guardian.started(process);
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var exitCode = process.waitFor();
            Guardian.ended(process);
            return new Fold(exitCode, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    void requireEqual() {
        if (exitCode != 0) {
            throw new AssertionError("The fold of the log answered " + exitCode + ":\n" + said);
        }
    }
}
