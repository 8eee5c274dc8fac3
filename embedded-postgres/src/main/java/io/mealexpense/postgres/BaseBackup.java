package io.mealexpense.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32C;

/**
 * Copies a store while its server works on it, by PostgreSQL's low-level interface: what is torn or newer than the rest is put
 * right by the write-ahead log between begin and end, which is copied too.
 * See <a href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">its manual</a>.
 */
final class BaseBackup {

    /** What belongs to the machine, the moment or the programs, and not to the store. */
    private static final Set<String> NOT_OF_THE_STORE =
            Set.of("lock", "port", "log", "cache", "archive", "archive-wal", "postgres");

    /** Folders that the server fills anew; they have to be there. */
    private static final Set<String> FILLED_ANEW = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> OF_THE_RUNNING_SERVER = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "current_logfiles",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "tablespace_map.old",
            "recovery.signal",
            "standby.signal");

    private static final String CONTROL_FILE = "global/pg_control";
    private static final int CONTROL_BYTES = 512;
    private static final int CONTROL_ATTEMPTS = 50;

    private static final int SEGMENT_BYTES = 16 << 20;
    private static final long SEGMENTS_PER_ID = (1L << 32) / SEGMENT_BYTES;

    private final Path dataFolder;
    private final Path cluster;
    private final Path store;
    private final Database database;
    private final String version;
    private final DurableCopy copy = new DurableCopy();
    private final List<BackupManifest.Item> files = new ArrayList<>();

    /** @param version of the server */
    BaseBackup(Path dataFolder, Database database, String version, Path backup) {
        this.dataFolder = dataFolder;
        this.cluster = dataFolder.resolve("postgres");
        this.store = backup.resolve(BackupFolder.STORE);
        this.database = database;
        this.version = version;
    }

    private record Begun(String lsn, String segment, Instant at) {}

    /** @param position asked just before the backup ends: up to which event it surely goes */
    BackupManifest take(ToLongFunction<Database> position) throws IOException, SQLException {
        // first, so that what they say of the log is no newer than the log
        copyBesideTheCluster();
        try (var session = database.connect(Role.BACKUP)) {
            holdLogBack(session);
            var begun = begin(session);
            copyCluster();
            copyControlFile();
            var atLeast = position.applyAsLong(database);
            try (var statement = session.prepareStatement(
                            "SELECT lsn, labelfile, coalesce(spcmapfile, ''), pg_walfile_name(lsn - 1), clock_timestamp()"
                                    + " FROM pg_backup_stop(wait_for_archive => false)");
                    var ended = only(statement.executeQuery())) {
                if (!ended.getString(3).isBlank()) {
                    throw new EmbeddedPostgresException("The database has tablespaces outside of its folder.");
                }
                write("backup_label", ended.getString(2));
                var last = copyLog(begun.segment, ended.getString(4));
                return new BackupManifest(
                        version,
                        WalArchive.of(dataFolder).map(WalArchive::id).orElse(""),
                        begun.segment,
                        last,
                        begun.lsn,
                        ended.getString(1),
                        begun.at,
                        ended.getObject(5, OffsetDateTime.class).toInstant(),
                        atLeast,
                        List.copyOf(files));
            }
        }
    }

    /** Until the session ends no segment is removed that this backup may need. */
    private static void holdLogBack(Connection session) throws SQLException {
        try (var slot = session.prepareStatement("SELECT pg_create_physical_replication_slot(?, true, true)")) {
            slot.setString(1, "backup_" + UUID.randomUUID().toString().replace('-', '_'));
            slot.execute();
        }
    }

    private static Begun begin(Connection session) throws SQLException {
        try (var statement = session.prepareStatement("SELECT lsn, pg_walfile_name(lsn), clock_timestamp()"
                        + " FROM pg_backup_start('Meal Expense Tracker', fast => true) AS lsn");
                var begun = only(statement.executeQuery())) {
            return new Begun(
                    begun.getString(1),
                    begun.getString(2),
                    begun.getObject(3, OffsetDateTime.class).toInstant());
        }
    }

    private static ResultSet only(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new SQLException("no row");
        }
        return rows;
    }

    /** The last checkpoint before the others, so that none before it is missing. */
    private void copyBesideTheCluster() throws IOException {
        var lastCheckpoint = dataFolder.resolve("checkpoints/checkpoint");
        copy(lastCheckpoint);
        Files.walkFileTree(dataFolder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.getParent().equals(dataFolder) && isNotOfTheStore(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!(file.getParent().equals(dataFolder) && isNotOfTheStore(file))
                        && !file.getFileName().toString().endsWith(".new")
                        && !file.equals(lastCheckpoint)) {
                    copy(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** What is on its way to its name. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return gone(e);
            }
        });
    }

    private static boolean isNotOfTheStore(Path path) {
        var name = path.getFileName().toString();
        return NOT_OF_THE_STORE.contains(name) || name.startsWith("postgres.new-");
    }

    private void copyCluster() throws IOException {
        Files.walkFileTree(cluster, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var name = folder.getFileName().toString();
                if (name.startsWith("pgsql_tmp")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(inBackup(folder), PrivateFiles.FOLDER_MODE);
                return folder.getParent().equals(cluster) && FILLED_ANEW.contains(name)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = file.getFileName().toString();
                var isLeftOut = name.startsWith("pgsql_tmp")
                        || name.startsWith("pg_internal.init")
                        || file.equals(cluster.resolve(CONTROL_FILE))
                        || file.getParent().equals(cluster) && OF_THE_RUNNING_SERVER.contains(name);
                if (!isLeftOut) {
                    copy(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Tables are dropped and files removed at any moment; the log knows. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return gone(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : gone(e);
            }
        });
    }

    private static FileVisitResult gone(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private Path inBackup(Path file) {
        return store.resolve(dataFolder.relativize(file).toString());
    }

    private void copy(Path file) throws IOException {
        try {
            note(file, copy.copy(file, inBackup(file)));
        } catch (NoSuchFileException gone) {
            if (Files.exists(file)) {
                throw gone;
            }
        }
    }

    private void write(String name, String text) throws IOException {
        var file = cluster.resolve(name);
        note(file, copy.write(text.getBytes(StandardCharsets.UTF_8), inBackup(file)));
    }

    private void note(Path file, DurableCopy.Outcome copied) {
        var path = dataFolder.relativize(file).toString();
        files.add(new BackupManifest.Item(path, copied.size(), copied.hash()));
    }

    /** The one file that the log does not put right: read again until it is not torn. */
    private void copyControlFile() throws IOException {
        var file = cluster.resolve(CONTROL_FILE);
        for (var attempt = 1; attempt <= CONTROL_ATTEMPTS; attempt++) {
            var bytes = Files.readAllBytes(file);
            if (isWhole(bytes)) {
                note(file, copy.write(bytes, inBackup(file)));
                return;
            }
        }
        throw new EmbeddedPostgresException(file + " is damaged.");
    }

    /** It ends with a checksum over what is before, whose place differs from version to version; zeros follow. */
    static boolean isWhole(byte[] control) {
        var sum = new CRC32C();
        var words = ByteBuffer.wrap(control).order(ByteOrder.nativeOrder());
        for (var at = 0; at + Integer.BYTES <= Math.min(CONTROL_BYTES, control.length); at += Integer.BYTES) {
            if (at > 0 && words.getInt(at) == (int) sum.getValue()) {
                return true;
            }
            sum.update(control, at, Integer.BYTES);
        }
        return false;
    }

    /** All segments from the first to the last, and the history of timelines. */
    private String copyLog(String first, String last) throws IOException {
        var log = cluster.resolve("pg_wal");
        for (var segment = first; segment.compareTo(last) <= 0; segment = after(segment)) {
            copy(log.resolve(segment));
            if (!files.getLast().path().endsWith(segment)) {
                throw new EmbeddedPostgresException(
                        "The write-ahead log " + segment + " is missing; the backup is not whole.");
            }
        }
        try (var histories = Files.newDirectoryStream(log, "*.history")) {
            for (var history : histories) {
                copy(history);
            }
        }
        return last;
    }

    /** The one in which that place of the log is, given in its two halves. */
    static String segment(String timeline, String high, String low) {
        return "%s%08X%08X".formatted(timeline, Long.parseLong(high, 16), Long.parseLong(low, 16) / SEGMENT_BYTES);
    }

    /** Names are timeline, id and number, 8 digits each. */
    private static String after(String segment) {
        var number = Long.parseLong(segment.substring(8, 16), 16) * SEGMENTS_PER_ID
                + Long.parseLong(segment.substring(16), 16)
                + 1;
        return "%s%08X%08X".formatted(segment.substring(0, 8), number / SEGMENTS_PER_ID, number % SEGMENTS_PER_ID);
    }
}
