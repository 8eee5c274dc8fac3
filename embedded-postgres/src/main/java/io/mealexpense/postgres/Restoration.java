package io.mealexpense.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A store made of a backup and what was archived after it. It gets its name when it is whole, and never takes the place of
 * another one.
 *
 * @param checkpoints published ones that are newer than those in the backup and are to be taken instead
 */
public record Restoration(Backup backup, Optional<Path> archive, Optional<Instant> until, Optional<Path> checkpoints) {

    /** As the server writes them, at the end of what it recovered. */
    private static final Pattern LAST_COMMIT =
            Pattern.compile("last completed transaction was at log time ([0-9-]+ [0-9:.]+)\\+00");

    private static final Pattern LAST_RECORD = Pattern.compile("redo done at ([0-9A-F]+)/([0-9A-F]+)");

    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");
    private static final String TARGET_NOT_REACHED = "recovery ended before configured recovery target was reached";
    private static final String CHECKPOINTS = "checkpoints/";

    /**
     * What was made.
     *
     * @param lastCommit by the server's clock, of whatever was read of the log after the backup; absent if nothing was
     * @param isWhole    false if more is archived that nothing connects with what was restored
     */
    public record Outcome<T>(T seen, Optional<Instant> lastCommit, boolean isWhole) {}

    /**
     * Makes the store.
     *
     * @param look what is to be known of the restored database
     * @throws EmbeddedPostgresException if that cannot be, with a message for the person at the machine; then there is no
     *     such folder
     */
    public <T> Outcome<T> into(Path dataFolder, Function<Database, T> look) {
        var target = dataFolder.toAbsolutePath().normalize();
        refuseWhatCannotBe(target);
        var name = target.getFileName() + ".restoring-" + UUID.randomUUID();
        var beside = PrivateFiles.folder(target.resolveSibling(name));
        try {
            copyAndCheck(beside);
            var outcome = recover(beside, look);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            SecretFile.syncFolder(target.getParent());
            return outcome;
        } catch (IOException e) {
            throw new EmbeddedPostgresException("The backup was not restored: " + PrivateFiles.reason(e), e);
        } finally {
            if (Files.exists(beside)) {
                PrivateFiles.deleteTree(beside);
            }
        }
    }

    private void refuseWhatCannotBe(Path target) {
        try {
            if (Files.exists(target)) {
                try (var files = Files.list(target)) {
                    if (files.findAny().isPresent()) {
                        throw new EmbeddedPostgresException(
                                target + " is there already; a backup is restored into a new folder only.");
                    }
                }
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(target + " cannot be read: " + PrivateFiles.reason(e), e);
        }
        var major = PostgresBinaries.packedVersion().replaceFirst("\\..*", "");
        if (!backup.manifest().postgres().startsWith(major + ".")) {
            throw new EmbeddedPostgresException("The backup was taken by PostgreSQL "
                    + backup.manifest().postgres() + ", this version of the product brings PostgreSQL " + major
                    + ". Restore it with the version that took it.");
        }
        if (until.isPresent() && until.get().isBefore(backup.endedAt())) {
            throw new EmbeddedPostgresException("%s is too early: the backup %s goes to %s. Take an earlier one."
                    .formatted(until.get(), backup, backup.endedAt()));
        }
        if (until.isPresent() && archive.isEmpty()) {
            throw new EmbeddedPostgresException("What came after a backup is in the archive; name it with --archive.");
        }
        archive.map(WalArchive::open).ifPresent(opened -> {
            if (!opened.id().equals(backup.manifest().archive())) {
                throw new EmbeddedPostgresException(
                        backup.manifest().archive().isEmpty()
                                ? "The backup " + backup + " was taken before there was an archive."
                                : "The archive " + opened.folder() + " belongs to another store than the backup "
                                        + backup + ".");
            }
        });
    }

    private void copyAndCheck(Path beside) throws IOException {
        var store = backup.folder().resolve(BackupFolder.STORE);
        var copy = new DurableCopy();
        for (var file : backup.manifest().files()) {
            if (checkpoints.isPresent() && file.path().startsWith(CHECKPOINTS)) {
                continue;
            }
            try {
                var copied = copy.copy(store.resolve(file.path()), beside.resolve(file.path()));
                if (copied.size() != file.size() || !copied.hash().equals(file.hash())) {
                    throw new EmbeddedPostgresException(
                            "The backup " + backup + " is damaged: " + file.path() + " is not what was saved.");
                }
            } catch (NoSuchFileException missing) {
                throw new EmbeddedPostgresException(
                        "The backup " + backup + " is damaged: " + file.path() + " is missing.", missing);
            }
        }
        // folders that the server wants and that are empty in a backup
        try (var folders = Files.walk(store)) {
            for (var folder : folders.filter(Files::isDirectory).toList()) {
                Files.createDirectories(beside.resolve(store.relativize(folder).toString()), PrivateFiles.FOLDER_MODE);
            }
        }
        if (checkpoints.isPresent()) {
            copyCheckpoints(checkpoints.get(), beside.resolve(CHECKPOINTS), copy);
        }
        DurableCopy.sync(beside);
    }

    private static void copyCheckpoints(Path from, Path to, DurableCopy copy) throws IOException {
        if (!Files.exists(from.resolve("checkpoint"))) {
            throw new EmbeddedPostgresException(from + " has no file checkpoint: no log was published there.");
        }
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copy.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private <T> Outcome<T> recover(Path beside, Function<Database, T> look) throws IOException {
        var recovery =
                new Recovery(archive.map(folder -> folder.toAbsolutePath().normalize()), until);
        recovery.writeScript(beside);
        Files.createFile(beside.resolve("postgres/recovery.signal"), PrivateFiles.FILE_MODE);
        var server = new PostgresServer(
                beside,
                PostgresBinaries.unpacked(EmbeddedPostgres.cacheFolder(beside)),
                Settings.PRODUCT.recovering(recovery));
        var interrupted = new Thread(server::stop, "restore-interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            var failure = server.recover();
            if (failure.isPresent()) {
                throw failure(failure.get());
            }
            var database = new Database(
                    Bootstrap.DATABASE, server.port(), Credentials.read(beside.resolve("credentials.properties")));
            var seen = look.apply(database);
            var said = server.readLogs();
            return new Outcome<>(seen, lastCommit(said), isWhole(said));
        } finally {
            server.stop();
            Recovery.forgetScript(beside);
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
    }

    private EmbeddedPostgresException failure(String said) {
        if (said.contains(TARGET_NOT_REACHED)) {
            var last = lastCommit(said).orElse(backup.endedAt());
            return new EmbeddedPostgresException(
                    "%s is too late: the last change in the backup and its archive is of %s."
                                    .formatted(until.orElseThrow(), last)
                            + " Leave --until out to restore all there is.");
        }
        return new EmbeddedPostgresException("The backup was not restored:\n" + said.strip());
    }

    private static Optional<Instant> lastCommit(String said) {
        var found = LAST_COMMIT.matcher(said);
        return found.find()
                ? Optional.of(LocalDateTime.parse(found.group(1), LOG_TIME).toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    /** The server takes the first segment that it does not find for the end, though there may be later ones. */
    private boolean isWhole(String said) {
        var end = LAST_RECORD.matcher(said);
        if (until.isPresent() || archive.isEmpty() || !end.find()) {
            return true;
        }
        var timeline = backup.manifest().lastSegment().substring(0, 8);
        var last = BaseBackup.segment(timeline, end.group(1), end.group(2));
        return WalArchive.open(archive.get()).segments().stream()
                .noneMatch(segment -> segment.startsWith(timeline) && segment.compareTo(last) > 0);
    }
}
