package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program that verifies the log, as an auditor runs it. */
final class AuditVerify {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private AuditVerify() {}

    /** Of the product on one machine, its read models included. */
    static int run(Path dataFolder) {
        return run(List.of("--data-dir", dataFolder.toString(), "--read-models"));
    }

    /** Of the product on one machine and what was published of another store with the same keys. */
    static int run(Path dataFolder, Path checkpoints) {
        return run(List.of(
                "--data-dir",
                dataFolder.toString(),
                "--checkpoints",
                checkpoints.toString(),
                "--key-file",
                checkpoints.resolve("log.vkey").toString()));
    }

    /** Of a proof pack, which asks nobody. */
    static int pack(Path file, Path keys) {
        return run(List.of("pack", file.toString(), "--key-file", keys.toString()));
    }

    /** Of a database and what was published of it. */
    static int run(Database database, Path checkpoints) {
        return run(database, checkpoints, List.of());
    }

    /** The same after a recovery: with the key of its series too, and more that is said. */
    static int run(Database database, Path checkpoints, Path series, String... more) {
        var all =
                new ArrayList<>(List.of("--key-file", series.resolve("log.vkey").toString()));
        all.addAll(List.of(more));
        return run(database, checkpoints, all);
    }

    private static int run(Database database, Path checkpoints, List<String> more) {
        try {
            var password = Files.writeString(
                    Files.createTempFile("auditor", ".password"), database.password(Role.AUDITOR) + "\n");
            var arguments = new ArrayList<>(List.of(
                    "--url",
                    database.url(),
                    "--password-file",
                    password.toString(),
                    "--checkpoints",
                    checkpoints.toString(),
                    "--key-file",
                    checkpoints.resolve("log.vkey").toString()));
            arguments.addAll(more);
            return run(arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireClean(int exitCode) {
        assertThat(exitCode).as("exit code of audit-verify").isZero();
    }

    private static int run(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                JavaProcess.packagedJarOf(JavaProcess.THIS_BUILD, "audit-verify")
                        .toString()));
        command.addAll(arguments);
        return Script.run(Path.of("."), Map.of(), LIMIT, command);
    }
}
