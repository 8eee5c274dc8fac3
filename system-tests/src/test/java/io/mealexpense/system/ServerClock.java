package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clock of a PostgreSQL server that can be put, by libfaketime: each of its processes looks once a second by how much. */
final class ServerClock {

    /** Where Debian puts it, and others do. */
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/faketime/libfaketime.so.1"));

    private final Path library;
    private final Path file;

    private ServerClock(Path library, Path file) {
        this.library = library;
        this.file = file;
        set(Duration.ZERO);
    }

    /** Right until it is put; nothing where the library is not installed. */
    static Optional<ServerClock> in(Path folder) {
        return LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .map(it -> new ServerClock(it, folder.resolve("server.clock")));
    }

    /** What the server has to have in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toAbsolutePath().toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1");
    }

    void set(Duration wrongBy) {
        try {
            var whole = Files.writeString(
                    file.resolveSibling(file.getFileName() + ".new"), "%+d\n".formatted(wrongBy.toSeconds()));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
