package io.mealexpense.standalone;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param dataDir where everything is kept
 * @param address the interface that is listened on; {@code localhost} unless told
 * @param port HTTP, 0 for any free one
 * @param demo whether a demonstration data set is wanted, in a store of its own
 * @param archive where the write-ahead log is archived from now on
 * @param task to be done instead of starting the product
 */
record Options(Path dataDir, String address, int port, boolean demo, Optional<Archive> archive, Optional<Task> task) {

    /** What becomes of the write-ahead log; without a word what the data folder was told last. */
    sealed interface Archive {
        record In(Path folder) implements Archive {}

        record Off() implements Archive {}
    }

    /** Something else than starting the product. */
    sealed interface Task {

        /**
         * Takes a backup.
         *
         * @param keep how many backups there are at most afterwards; without it, none is deleted
         */
        record Backup(Path folder, Optional<Integer> keep) implements Task {}

        /**
         * Makes a store of a backup.
         *
         * @param folder of a backup, or of several of which the right one is taken
         * @param checkpoints taken instead of those in the backup
         */
        record Restore(Path folder, Optional<Instant> until, Optional<Path> checkpoints) implements Task {}
    }

    static final String USAGE = """
            Usage: ./run [--demo] [--data-dir DIR] [--port PORT] [--address ADDRESS] [--archive DIR]
                   ./run --backup DIR [--keep N] [--data-dir DIR]
                   ./run --restore DIR [--archive DIR] [--until INSTANT] [--checkpoints DIR] [--data-dir DIR]
              --demo              a demonstration data set in a store of its own; prints three logins
              --data-dir DIR      where everything is kept (default: $MEALS_DATA_DIR, or
                                  ~/.local/share/meal-expense-tracker; with --demo beside it)
              --port PORT         default: $MEALS_PORT, or 8080
              --address ADDRESS   listen there; default: localhost only
              --archive DIR       copy the database's log there too, from now on, so that a backup can be brought to
                                  any later moment; --archive off ends that (also: $MEALS_ARCHIVE)

            Instead of starting it, also while it runs:
              --backup DIR        take a backup into a new folder there
                --keep N          and delete the oldest ones, so that N are left
            Instead of starting it, into a --data-dir that is not there yet:
              --restore DIR       make a store of a backup; of several in DIR the last one that goes
                --archive DIR     and of what was archived after it
                --until INSTANT   but nothing later, for example 2026-11-30T09:15:00Z
                --checkpoints DIR the newest published checkpoints, instead of those in the backup
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
        var archive = environment.get("MEALS_ARCHIVE");
        String backup = null;
        String keep = null;
        String restore = null;
        String until = null;
        String checkpoints = null;
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
                case "--archive" -> archive = value(name, inline, rest);
                case "--backup" -> backup = value(name, inline, rest);
                case "--keep" -> keep = value(name, inline, rest);
                case "--restore" -> restore = value(name, inline, rest);
                case "--until" -> until = value(name, inline, rest);
                case "--checkpoints" -> checkpoints = value(name, inline, rest);
                default -> throw new UsageException("Unknown option " + argument);
            }
        }
        var share = environment.getOrDefault(
                "XDG_DATA_HOME", home.resolve(".local/share").toString());
        var base = dataDir == null ? Path.of(share, "meal-expense-tracker") : Path.of(dataDir);
        if (demo && !given) {
            base = base.resolveSibling(base.getFileName() + "-demo");
        }
        return new Options(
                base.toAbsolutePath().normalize(),
                address,
                port(port),
                demo,
                archive(archive),
                task(backup, keep, restore, until, checkpoints));
    }

    private static Optional<Archive> archive(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(text.equals("off") ? new Archive.Off() : new Archive.In(path(text)));
    }

    private static Optional<Task> task(
            @Nullable String backup,
            @Nullable String keep,
            @Nullable String restore,
            @Nullable String until,
            @Nullable String checkpoints) {
        if (backup != null && restore != null) {
            throw new UsageException("--backup or --restore, not both");
        }
        if (keep != null && backup == null) {
            throw new UsageException("--keep belongs to --backup");
        }
        if ((until != null || checkpoints != null) && restore == null) {
            throw new UsageException("--until and --checkpoints belong to --restore");
        }
        if (backup != null) {
            return Optional.of(
                    new Task.Backup(path(backup), Optional.ofNullable(keep).map(Options::count)));
        }
        if (restore != null) {
            return Optional.of(new Task.Restore(
                    path(restore),
                    Optional.ofNullable(until).map(Options::instant),
                    Optional.ofNullable(checkpoints).map(Options::path)));
        }
        return Optional.empty();
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static int count(String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new UsageException("--keep is a number from 1 on, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noMoment) {
            throw new UsageException("--until is a moment such as 2026-11-30T09:15:00Z, not " + text);
        }
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
