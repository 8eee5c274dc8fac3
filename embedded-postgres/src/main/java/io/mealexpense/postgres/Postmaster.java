package io.mealexpense.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code postmaster.pid} says about the server that works, or worked, on a cluster. */
record Postmaster(Path cluster, List<String> lines) {

    static Optional<Postmaster> of(Path cluster) {
        try {
            return Optional.of(new Postmaster(cluster, Files.readAllLines(file(cluster))));
        } catch (IOException e) {
            return Optional.empty(); // the server removes the file at any moment
        }
    }

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    boolean acceptsConnections() {
        return lines.size() > 7 && lines.get(7).strip().equals("ready");
    }

    Optional<Integer> port() {
        return number(3).map(Math::toIntExact);
    }

    /**
     * Whether that process still lives and is this cluster's server: after a crash of the machine the number may
     * belong to anybody, who must not be stopped.
     */
    boolean lives() {
        return pid().flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Files.isDirectory(Path.of("/proc/self")) ? worksHere(process) : startedThen(process))
                .isPresent();
    }

    private Optional<Long> pid() {
        return number(0);
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .equals(cluster);
        } catch (IOException e) {
            return false; // gone, or not ours to look at
        }
    }

    private boolean startedThen(ProcessHandle process) {
        var isPostgres = process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
        var started = process.info().startInstant();
        var noted = number(2).map(Instant::ofEpochSecond);
        return isPostgres
                && started.isPresent()
                && noted.isPresent()
                && Duration.between(started.get(), noted.get()).abs().toSeconds() <= 5;
    }

    private Optional<Long> number(int line) {
        return lines.stream()
                .skip(line)
                .findFirst()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }
}
