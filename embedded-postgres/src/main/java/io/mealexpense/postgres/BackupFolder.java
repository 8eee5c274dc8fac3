package io.mealexpense.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** A folder of backups, each in a folder named after the moment it was begun. */
public final class BackupFolder {

    /** Inside a backup: the data folder. */
    static final String STORE = "store";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = "unfinished-";
    private static final Duration DATABASE_STARTS = Duration.ofSeconds(30);
    private static final String WRONG_PASSWORD = "28";

    private final Path folder;

    private BackupFolder(Path folder) {
        this.folder = folder;
    }

    /** It is made by the first backup that is taken into it. */
    public static BackupFolder at(Path folder) {
        return new BackupFolder(folder.toAbsolutePath().normalize());
    }

    /**
     * One more, of a store that may be in use by another process.
     *
     * @param position of the last event in the database
     * @throws EmbeddedPostgresException if that cannot be, with a message for the person at the machine
     */
    public Backup take(Path dataFolder, ToLongFunction<Database> position) {
        if (!Files.exists(dataFolder.resolve("postgres"))) {
            throw new EmbeddedPostgresException(
                    "There is no store in " + dataFolder + " to take a backup of; name its folder with --data-dir.");
        }
        var data = PrivateFiles.folder(dataFolder);
        if (folder.startsWith(data)) {
            throw new EmbeddedPostgresException(
                    "The backup in " + folder + " would be inside the store and be lost with it; choose another disk.");
        }
        var into = PrivateFiles.folder(folder);
        if (into.startsWith(data)) { // by a link
            throw new EmbeddedPostgresException(
                    "The backup in " + folder + " would be inside the store and be lost with it; choose another disk.");
        }
        try (var alone = lock(into)) {
            PrivateFiles.deleteLeftovers(into, UNFINISHED + "*");
            return takeAlone(data, into, position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path into) throws IOException {
        var channel = FileChannel.open(
                into.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PrivateFiles.FILE_MODE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new EmbeddedPostgresException("Another backup is being taken into " + into + ".");
        }
        return channel;
    }

    private Backup takeAlone(Path data, Path into, ToLongFunction<Database> position) {
        EmbeddedPostgres started;
        try {
            started = EmbeddedPostgres.start(data);
        } catch (DataDirectoryInUse running) {
            return take(data, into, running(data, running), position);
        }
        try (started) {
            return take(data, into, started.database(), position);
        }
    }

    /** The database of the process that uses the store. */
    private static Database running(Path data, DataDirectoryInUse inUse) {
        var passwords = Credentials.read(data.resolve("credentials.properties"));
        var giveUp = System.nanoTime() + DATABASE_STARTS.toNanos();
        while (true) {
            var port = Postmaster.of(data.resolve("postgres"))
                    .filter(Postmaster::acceptsConnections)
                    .flatMap(Postmaster::port);
            try {
                if (port.isPresent()) {
                    var database = new Database(Bootstrap.DATABASE, port.get(), passwords);
                    database.connect(Role.BACKUP).close();
                    return database;
                }
            } catch (SQLException e) {
                if (String.valueOf(e.getSQLState()).startsWith(WRONG_PASSWORD)) {
                    throw new EmbeddedPostgresException(
                            "The product that runs on " + data
                                    + " is a version that knows no backups; restart it first.",
                            e);
                }
            }
            if (System.nanoTime() > giveUp) {
                throw new EmbeddedPostgresException(
                        "The database in " + data + " does not answer. " + inUse.getMessage(), inUse);
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedPostgresException("Interrupted while waiting for the database server", e);
            }
        }
    }

    private Backup take(Path data, Path into, Database database, ToLongFunction<Database> position) {
        var name = NAME.format(Instant.now());
        var whole = into.resolve(name);
        var beside = into.resolve(UNFINISHED + name);
        if (Files.exists(whole)) {
            throw new EmbeddedPostgresException("There is a backup " + whole + " already; wait a second.");
        }
        var done = false;
        try {
            var manifest = new BaseBackup(data, database, PostgresBinaries.packedVersion(), beside).take(position);
            DurableCopy.sync(beside);
            manifest.write(beside);
            Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
            SecretFile.syncFolder(into);
            done = true;
            return new Backup(whole, manifest);
        } catch (SQLException e) {
            throw new EmbeddedPostgresException("The backup was not taken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EmbeddedPostgresException("The backup was not taken: " + PrivateFiles.reason(e), e);
        } finally {
            if (!done && Files.exists(beside)) {
                PrivateFiles.deleteTree(beside);
            }
        }
    }

    /**
     * What there is, or, if this is the folder of a backup itself, that one. Unfinished ones are none.
     *
     * @throws EmbeddedPostgresException if a manifest is damaged
     */
    List<Backup> all() {
        var itself = BackupManifest.read(folder);
        if (itself.isPresent()) {
            return List.of(new Backup(folder, itself.get()));
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .filter(backup -> !backup.getFileName().toString().startsWith(UNFINISHED))
                    .flatMap(backup ->
                            BackupManifest.read(backup).map(manifest -> new Backup(backup, manifest)).stream())
                    .sorted(Comparator.comparing(Backup::endedAt))
                    .toList();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(folder + " cannot be read: " + PrivateFiles.reason(e), e);
        }
    }

    /**
     * The one to restore from: the last one that was whole by then.
     *
     * @throws EmbeddedPostgresException if there is none
     */
    public Backup lastBefore(Optional<Instant> until) {
        var all = all();
        if (all.isEmpty()) {
            throw new EmbeddedPostgresException("There is no whole backup in " + folder + ".");
        }
        return all.stream()
                .filter(backup -> until.isEmpty() || !backup.endedAt().isAfter(until.get()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new EmbeddedPostgresException("%s is too early: the first backup in %s goes to %s."
                        .formatted(until.orElseThrow(), folder, all.getFirst().endedAt())));
    }

    /** What was forgotten. */
    public record Forgotten(int backups, int segments) {}

    /**
     * All but the last ones are deleted, and what is archived and served only those.
     *
     * @param number at least 1
     */
    public Forgotten keep(int number, Path dataFolder) {
        var all = all();
        var old = all.subList(0, Math.max(0, all.size() - number));
        for (var backup : old) {
            // first the manifest: what has none is no backup
            PrivateFiles.deleteTree(backup.folder().resolve(BackupManifest.FILE));
            PrivateFiles.deleteTree(backup.folder());
        }
        var archive = WalArchive.of(dataFolder);
        var kept = all.subList(old.size(), all.size());
        var segments = archive.isEmpty() || old.isEmpty()
                ? 0
                : archive.get().forgetBefore(kept.getFirst().manifest().firstSegment());
        return new Forgotten(old.size(), segments);
    }
}
