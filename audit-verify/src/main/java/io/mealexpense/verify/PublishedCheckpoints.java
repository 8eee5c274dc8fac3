package io.mealexpense.verify;

import io.mealexpense.merkle.note.LogName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What was published outside of the database: {@code checkpoint}, and {@code sizes/<millions>/<size>} for each. */
final class PublishedCheckpoints {

    private static final int SHARD = 1_000_000;

    private final Path folder;

    PublishedCheckpoints(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder + " is not a folder");
        }
        this.folder = folder;
    }

    /** Those of the other names of the log, in folders of their own below this one. */
    List<String> series() throws IOException {
        try (var folders = Files.newDirectoryStream(
                folder,
                path -> Files.isDirectory(path) && path.getFileName().toString().startsWith(LogName.SINCE))) {
            var found = new ArrayList<String>();
            for (var path : folders) {
                found.add(path.getFileName().toString());
            }
            return found;
        } catch (DirectoryIteratorException broken) {
            throw new IOException(broken);
        }
    }

    /** Of one of these, if it is there. */
    Optional<PublishedCheckpoints> below(String series) throws IOException {
        var place = folder.resolve(series);
        return Files.isDirectory(place) ? Optional.of(new PublishedCheckpoints(place)) : Optional.empty();
    }

    Optional<String> latest() throws IOException {
        return read(folder.resolve("checkpoint"));
    }

    Optional<String> ofSize(long size) throws IOException {
        return read(
                folder.resolve("sizes").resolve("%06d".formatted(size / SHARD)).resolve(Long.toString(size)));
    }

    /** Every size there is, in no order and without remembering them. */
    void eachSize(LongConsumer each) throws IOException {
        var sizes = folder.resolve("sizes");
        if (!Files.isDirectory(sizes)) {
            return;
        }
        try (var shards = Files.newDirectoryStream(sizes)) {
            for (var shard : shards) {
                try (var files = Files.newDirectoryStream(shard, "[0-9]*")) {
                    for (var file : files) {
                        var name = file.getFileName().toString();
                        if (name.matches("[1-9]\\d{0,17}")) {
                            each.accept(Long.parseLong(name));
                        }
                    }
                }
            }
        } catch (DirectoryIteratorException | UncheckedIOException broken) {
            throw new IOException(broken);
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
