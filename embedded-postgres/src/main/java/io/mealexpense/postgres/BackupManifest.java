package io.mealexpense.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in a backup, down to each byte; written last, so that what has one is whole.
 *
 * @param postgres     version of the server, for example {@code 18.6.0}
 * @param archive      id of the archive that the server's log goes to, empty if to none
 * @param firstSegment of the write-ahead log that is needed to restore it
 * @param lastSegment  that comes with it
 * @param startLsn     where a restore begins to read the write-ahead log
 * @param stopLsn      where it is consistent
 * @param endedAt      by the server's clock; the earliest moment that it can be restored to
 * @param position     it holds at least the events up to this one
 */
record BackupManifest(
        String postgres,
        String archive,
        String firstSegment,
        String lastSegment,
        String startLsn,
        String stopLsn,
        Instant beganAt,
        Instant endedAt,
        long position,
        List<Item> files) {

    static final String FILE = "manifest";

    /**
     * A file of the store.
     *
     * @param path from the store's folder, with slashes
     * @param hash SHA-256, in hexadecimal digits
     */
    record Item(String path, long size, String hash) {}

    long bytes() {
        return files.stream().mapToLong(Item::size).sum();
    }

    void write(Path backup) {
        var text = new StringBuilder(
                "# A backup of the Meal Expense Tracker. It holds every key and password of the store.\n");
        facts().forEach((name, value) ->
                text.append(name).append(' ').append(value).append('\n'));
        for (var file : files) {
            text.append("file %s %d %s\n".formatted(file.hash, file.size, file.path));
        }
        var hash = Hash.of(text.toString());
        text.append("end ").append(hash).append('\n');
        SecretFile.at(backup.resolve(FILE)).write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("format", "1");
        facts.put("postgres", postgres);
        facts.put("archive", archive);
        facts.put("first-segment", firstSegment);
        facts.put("last-segment", lastSegment);
        facts.put("start-lsn", startLsn);
        facts.put("stop-lsn", stopLsn);
        facts.put("began-at", beganAt.toString());
        facts.put("ended-at", endedAt.toString());
        facts.put("position", Long.toString(position));
        return facts;
    }

    /**
     * Empty if there is none, so that the folder is no whole backup.
     *
     * @throws EmbeddedPostgresException if it is damaged
     */
    static Optional<BackupManifest> read(Path backup) {
        var path = backup.resolve(FILE);
        try {
            return Optional.of(parse(path, Files.readString(path)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(path + " cannot be read: " + PrivateFiles.reason(e), e);
        }
    }

    private static BackupManifest parse(Path path, String text) {
        var end = text.lastIndexOf("end ");
        if (end < 0 || !text.substring(end).equals("end " + Hash.of(text.substring(0, end)) + "\n")) {
            throw new EmbeddedPostgresException("The manifest " + path + " is damaged.");
        }
        var facts = new LinkedHashMap<String, String>();
        var files = new ArrayList<Item>();
        text.substring(0, end).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var words = line.split(" ", 4);
            if (words[0].equals("file")) {
                files.add(new Item(words[3], Long.parseLong(words[2]), words[1]));
            } else {
                facts.put(words[0], words.length > 1 ? words[1] : "");
            }
        });
        if (!"1".equals(facts.get("format"))) {
            throw new EmbeddedPostgresException(
                    "The backup of " + path + " was taken by a version of the product that this one does not know.");
        }
        try {
            return new BackupManifest(
                    facts.get("postgres"),
                    facts.get("archive"),
                    facts.get("first-segment"),
                    facts.get("last-segment"),
                    facts.get("start-lsn"),
                    facts.get("stop-lsn"),
                    Instant.parse(facts.get("began-at")),
                    Instant.parse(facts.get("ended-at")),
                    Long.parseLong(facts.get("position")),
                    List.copyOf(files));
        } catch (DateTimeException | NumberFormatException e) {
            throw new EmbeddedPostgresException("The manifest " + path + " is damaged: " + e.getMessage(), e);
        }
    }
}
