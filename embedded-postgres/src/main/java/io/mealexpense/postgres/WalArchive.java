package io.mealexpense.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder that a server copies its write-ahead log to, so that a backup can be brought to any later moment. It belongs to
 * one data folder for good: what is restored goes on in an archive of its own, so that no archive ever tells two stories.
 *
 * @param id in both folders; also shows that a disk is not mounted
 */
public record WalArchive(Path folder, String id) {

    /** Segments have 24 hexadecimal digits: timeline, number. */
    private static final String SEGMENT = "[0-9A-F]{24}";

    private static final String MARK = "archive-of";
    private static final String SETTING = "archive";
    private static final String SCRIPT = "archive-wal";
    private static final String PACKED = ".gz";

    /** Seconds after which a segment that is not full is archived all the same: what is lost at most with the disk. */
    private static final int TIMEOUT_SECONDS = 60;

    /** What the data folder was told last; empty if it is not archived. */
    static Optional<WalArchive> of(Path dataFolder) {
        return SecretFile.at(dataFolder.resolve(SETTING)).read().map(bytes -> {
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return new WalArchive(Path.of(lines.get(1)), lines.get(0));
        });
    }

    /**
     * From the next start on the data folder is archived there.
     *
     * @throws EmbeddedPostgresException if the folder is the archive of another store, or holds something else
     */
    public static void choose(Path dataFolder, Path folder) {
        var data = PrivateFiles.folder(dataFolder);
        var archive = PrivateFiles.folder(folder);
        if (archive.startsWith(data)) {
            throw new EmbeddedPostgresException("The archive " + archive + " would be inside the data folder " + data
                    + " and be lost with it; choose another disk.");
        }
        var id = of(data).map(WalArchive::id).orElseGet(() -> UUID.randomUUID().toString());
        var found = mark(archive);
        if (found.isPresent() && !found.get().equals(id)) {
            throw new EmbeddedPostgresException(archive + " is the archive of another store"
                    + " (perhaps of the one that this was restored from); name an empty folder with --archive.");
        }
        if (found.isEmpty()) {
            if (!isEmpty(archive)) {
                throw new EmbeddedPostgresException(
                        archive + " holds something else; name an empty folder with --archive.");
            }
            SecretFile.at(archive.resolve(MARK)).write((id + "\n").getBytes(StandardCharsets.UTF_8));
        }
        SecretFile.at(data.resolve(SETTING)).write((id + "\n" + archive + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** From the next start on the data folder is not archived; what was archived stays. */
    public static void stop(Path dataFolder) {
        try {
            Files.deleteIfExists(dataFolder.resolve(SETTING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * For a restore.
     *
     * @throws EmbeddedPostgresException if it is no archive
     */
    static WalArchive open(Path folder) {
        var id = mark(folder)
                .orElseThrow(() -> new EmbeddedPostgresException(
                        folder + " is no archive of the write-ahead log: it has no file " + MARK + "."));
        return new WalArchive(folder.toAbsolutePath().normalize(), id);
    }

    private static Optional<String> mark(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve(MARK)).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(folder + " cannot be read: " + PrivateFiles.reason(e), e);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For postgresql.conf; the server works in the folder of the cluster. */
    String settings() {
        return """

                # what was committed can be restored elsewhere
                archive_mode = on
                archive_command = 'sh ../%s "%%p" "%%f"'
                archive_timeout = '%ds'
                """.formatted(SCRIPT, TIMEOUT_SECONDS);
    }

    /** What the server runs for each segment; it comes again, and is not skipped, if that fails. */
    void writeScript(Path dataFolder) {
        ShellScript.write(dataFolder.resolve(SCRIPT), """
                # Written at every start; changes are lost. PostgreSQL runs it for each piece of its log that is complete:
                #   archive-wal <path> <name>
                umask 077
                from=$1 to=%s name=$2
                if [ "$(cat "$to/%s")" != '%s' ]; then
                  echo "$to is not the archive of this store; is its disk there?" >&2
                  exit 1
                fi
                if [ -e "$to/$name.gz" ]; then
                  gzip -dc "$to/$name.gz" | cmp -s - "$from" && exit 0
                  echo "$to/$name.gz is there already and is something else" >&2
                  exit 1
                fi
                gzip -1 -c "$from" >"$to/$name.gz.new"
                sync "$to/$name.gz.new"
                mv "$to/$name.gz.new" "$to/$name.gz"
                sync "$to"
                """.formatted(ShellScript.quoted(folder.toString()), MARK, id));
    }

    /** What is archived and older than that segment, which the oldest backup begins with, serves nobody any more. */
    int forgetBefore(String segment) {
        var forgotten = 0;
        for (var name : segments()) {
            if (name.compareTo(segment) < 0) {
                try {
                    Files.delete(folder.resolve(name + PACKED));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                forgotten++;
            }
        }
        return forgotten;
    }

    /** Names of all that are packed, oldest first. */
    List<String> segments() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(SEGMENT + "\\" + PACKED))
                    .map(name -> name.substring(0, name.length() - PACKED.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
