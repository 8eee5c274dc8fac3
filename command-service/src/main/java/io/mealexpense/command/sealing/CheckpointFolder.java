package io.mealexpense.command.sealing;

import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Publishes into a folder: {@code checkpoint} is the last one, {@code sizes/<millions>/<size>} is each of them and
 * {@code log.vkey} the keys. A file is there as a whole or not at all, and is on disk before the next step.
 */
final class CheckpointFolder implements CheckpointPublisher {

    private final Path folder;

    CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<String> latest() throws IOException {
        return read(folder.resolve(CheckpointPaths.LATEST));
    }

    @Override
    public Optional<Instant> latestAt() throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(folder.resolve(CheckpointPaths.LATEST))
                    .toInstant());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public CheckpointPublisher below(String series) {
        return new CheckpointFolder(folder.resolve(series));
    }

    @Override
    public void publish(long size, String note) throws IOException {
        var file = folder.resolve(CheckpointPaths.of(size));
        var published = read(file);
        if (published.isEmpty()) {
            write(file, note);
        } else if (!published.get().equals(note)) {
            throw new SealRefusedException("%s holds another checkpoint of this size".formatted(file));
        }
    }

    @Override
    public void publishAsLatest(String note) throws IOException {
        write(folder.resolve(CheckpointPaths.LATEST), note);
    }

    @Override
    public boolean publish(List<VerifierKey> keys) throws IOException {
        var file = folder.resolve(CheckpointPaths.KEYS);
        var text = CheckpointPublisher.withMissing(read(file).orElse(""), keys);
        if (text.isPresent()) {
            write(file, text.get());
        }
        return text.isPresent();
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        var beside = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // a rename is durable once the folder is on disk
        try (var parent = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
