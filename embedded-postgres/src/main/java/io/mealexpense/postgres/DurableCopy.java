package io.mealexpense.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/** Copies of files, for their owner only, that are on disk after {@link #sync}. */
final class DurableCopy {

    private static final int BUFFER_BYTES = 1 << 20;

    /** Size and SHA-256 of what was written. */
    record Outcome(long size, String hash) {}

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /** @throws NoSuchFileException if there is none (any more) */
    Outcome copy(Path from, Path to) throws IOException {
        try (var in = FileChannel.open(from, StandardOpenOption.READ);
                var out = create(to)) {
            var digest = Hash.sha256();
            var size = 0L;
            while (in.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip().duplicate());
                size += buffer.remaining();
                write(out, buffer);
            }
            return new Outcome(size, Hash.hex(digest.digest()));
        }
    }

    Outcome write(byte[] bytes, Path to) throws IOException {
        try (var out = create(to)) {
            write(out, ByteBuffer.wrap(bytes));
        }
        return new Outcome(bytes.length, Hash.hex(Hash.sha256().digest(bytes)));
    }

    private static FileChannel create(Path to) throws IOException {
        Files.createDirectories(to.getParent(), PrivateFiles.FOLDER_MODE);
        return FileChannel.open(
                to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.FILE_MODE);
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Once for all of them, because the first one waits for what the others would wait for too. */
    static void sync(Path root) throws IOException {
        List<Path> all;
        try (var paths = Files.walk(root)) {
            all = paths.toList();
        }
        for (var path : all) {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
