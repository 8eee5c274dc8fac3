package io.mealexpense.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One process at a time on a data folder; the operating system lets go of the lock however that process ends. */
final class DataDirectoryLock implements AutoCloseable {

    /**
     * Folders locked by this very process: POSIX locks do not exclude their own process, and closing any second
     * channel on the file would silently drop the lock.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private DataDirectoryLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @param folder as it really is on disk, so that two names of one folder meet in one lock */
    static DataDirectoryLock acquire(Path folder) {
        if (!HELD_HERE.add(folder)) {
            throw inUse(folder, "this process (" + ProcessHandle.current().pid() + ")");
        }
        try {
            return new DataDirectoryLock(folder, lock(folder));
        } catch (RuntimeException e) {
            HELD_HERE.remove(folder);
            throw e;
        }
    }

    private static FileChannel lock(Path folder) {
        var file = folder.resolve("lock");
        try {
            var channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PrivateFiles.FILE_MODE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(folder, "process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The data folder " + folder + " cannot be used: " + PrivateFiles.reason(e), e);
        }
    }

    private static DataDirectoryInUse inUse(Path folder, String who) {
        return new DataDirectoryInUse("The data folder " + folder + " is in use by " + who
                + ". Stop that one first, or choose another folder with --data-dir.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
