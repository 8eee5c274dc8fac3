package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file system in memory that can be filled to the last byte. Only root can mount one. */
final class SmallDisk implements AutoCloseable {

    private static final String SIZE = "1g";
    private static final int BLOCK = 1 << 20;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Nothing where that is not allowed. */
    static Optional<SmallDisk> mount() {
        var folder = JavaProcess.newFolder("small-disk");
        if (!System.getProperty("user.name").equals("root")
                || run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=700", "meals-test", folder.toString())
                        != 0) {
            return Optional.empty();
        }
        Guardian.mounted(folder);
        return Optional.of(new SmallDisk(folder));
    }

    Path folder() {
        return folder;
    }

    /** What takes all the room that there is, until it is closed. */
    @FunctionalInterface
    interface Ballast extends AutoCloseable {
        @Override
        void close();
    }

    Ballast fill() {
        var file = folder.resolve("ballast");
        try (var out = Files.newOutputStream(file)) {
            for (var block = new byte[BLOCK]; ; ) {
                out.write(block);
            }
        } catch (IOException full) {
            return () -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }
    }

    @Override
    public void close() {
        run("umount", folder.toString());
    }

    private static int run(String... command) {
        return Script.run(Path.of("."), Map.of(), Duration.ofSeconds(10), List.of(command));
    }
}
