package io.mealexpense.standalone;

import io.mealexpense.postgres.Backup;
import io.mealexpense.postgres.BackupFolder;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.EmbeddedPostgresException;
import io.mealexpense.postgres.Restoration;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.WalArchive;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Backups of the store, and stores made of backups: what the command line asks for instead of a start. */
final class Safekeeping {

    /** The last event of a log. */
    private record Head(long position, Optional<Instant> recordedAt) {}

    private Safekeeping() {}

    /** Before a start. */
    static void archive(Options options) {
        options.archive().ifPresent(archive -> {
            switch (archive) {
                case Options.Archive.In in -> WalArchive.choose(options.dataDir(), in.folder());
                case Options.Archive.Off off -> WalArchive.stop(options.dataDir());
            }
        });
    }

    static void perform(Options.Task task, Options options) {
        switch (task) {
            case Options.Task.Backup backup -> backUp(backup, options);
            case Options.Task.Restore restore -> restore(restore, options);
        }
    }

    private static void backUp(Options.Task.Backup task, Options options) {
        var began = System.nanoTime();
        var folder = BackupFolder.at(task.folder());
        var backup = folder.take(options.dataDir(), database -> head(database).position());
        System.out.printf(
                "Backup of %s in %s: %,d files, %,d MB, %.1f s.%nIt holds all events up to position %d and goes to %s.%n",
                options.dataDir(),
                backup,
                backup.files(),
                backup.bytes() / 1_000_000,
                (System.nanoTime() - began) / 1e9,
                backup.position(),
                backup.endedAt());
        task.keep().ifPresent(number -> {
            var forgotten = folder.keep(number, options.dataDir());
            System.out.printf(
                    "Deleted %d older backups and %d pieces of the archive that served only those.%n",
                    forgotten.backups(), forgotten.segments());
        });
    }

    private static void restore(Options.Task.Restore task, Options options) {
        var archive = options.archive().map(choice -> switch (choice) {
            case Options.Archive.In in -> in.folder();
            case Options.Archive.Off off ->
                throw new Options.UsageException("--restore needs a folder after --archive");
        });
        var backup = BackupFolder.at(task.folder()).lastBefore(task.until());
        System.out.printf("Restoring %s into %s …%n", backup, options.dataDir());
        var outcome = new Restoration(backup, archive, task.until(), task.checkpoints())
                .into(options.dataDir(), database -> whole(head(database), backup));
        var head = outcome.seen();
        System.out.printf(
                "Restored all events up to position %d%s.%n",
                head.position(),
                head.recordedAt().map(at -> ", recorded at " + at).orElse(""));
        outcome.lastCommit().ifPresent(at -> System.out.printf("The last change of any kind is of %s.%n", at));
        if (!outcome.isWhole()) {
            System.err.println("""
                    WARNING: the archive has a gap. What was archived after it does not connect with what was restored, and
                    is not in it. Look for the missing piece in the folder of the lost store (postgres/pg_wal).""");
        }
        System.out.printf("Next: ./run --data-dir %s, and docs/how-to/back-up-and-restore.md.%n", options.dataDir());
    }

    private static Head whole(Head head, Backup backup) {
        if (head.position() < backup.position()) {
            throw new EmbeddedPostgresException("The backup %s held events up to position %d, and only %d came back."
                    .formatted(backup, backup.position(), head.position()));
        }
        return head;
    }

    /** At 0 where no start was ever finished. */
    private static Head head(Database database) {
        try (var connection = database.connect(Role.AUDITOR)) {
            return hasLog(connection) ? head(connection) : new Head(0, Optional.empty());
        } catch (SQLException e) {
            throw new EmbeddedPostgresException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean hasLog(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT to_regclass('event_store.head') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static Head head(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT position, recorded_at FROM event_store.domain_event"
                        + " ORDER BY position DESC LIMIT 1")) {
            return rows.next() ? new Head(rows.getLong(1), Optional.of(moment(rows))) : new Head(0, Optional.empty());
        }
    }

    private static Instant moment(ResultSet rows) throws SQLException {
        return rows.getObject(2, OffsetDateTime.class).toInstant();
    }
}
