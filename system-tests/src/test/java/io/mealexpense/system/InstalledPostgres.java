package io.mealexpense.system;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server of the PostgreSQL that is installed on the machine, with all of its programs, set up by
 * infrastructure/database/roles.sql. The product's own PostgreSQL has no {@code pg_dump}.
 */
final class InstalledPostgres implements Distributed.Server {

    private static final int OLDEST = 15;
    private static final String ADMINISTRATOR = "postgres";
    private static final List<String> PROGRAMS =
            List.of("initdb", "pg_ctl", "postgres", "pg_basebackup", "pg_dump", "psql");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Path programs;
    private final Database database;

    private InstalledPostgres(Path folder, Path programs, Database database) {
        this.folder = folder;
        this.programs = programs;
        this.database = database;
    }

    /**
     * A new cluster with the product's roles and empty database.
     *
     * @param name of its folder
     */
    static InstalledPostgres create(String name) {
        var folder = JavaProcess.newFolder(name);
        var passwords = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            passwords.put(role, "change-me-" + role.ordinal());
        }
        var port = JavaProcess.freePort();
        var it = new InstalledPostgres(folder, programs(), new Database("meals", port, passwords));
        Guardian.postgres(folder);
        it.run("initdb", "-D", it.cluster(), "-U", ADMINISTRATOR, "-A", "trust", "-E", "UTF8", "--no-sync");
        it.start();
        it.makeRoles();
        return it;
    }

    private void start() {
        run(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                cluster(),
                "-l",
                folder.resolve("postgres.log").toString(),
                "-o",
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=".formatted(database.port()));
    }

    /** As an administrator does. */
    void restart() {
        run("pg_ctl", "stop", "-w", "-m", "fast", "-D", cluster());
        start();
    }

    /** Its processes are killed, all at once, and it recovers from what is on its disk. */
    void crash() throws IOException {
        var postmaster = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                        .getFirst()
                        .strip()))
                .orElseThrow();
        var all = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        start();
    }

    /**
     * Takes a base backup while the server runs.
     *
     * @param name of the folder of the server that it will become
     * @return not started yet
     */
    InstalledPostgres baseBackup(String name) {
        var copy = JavaProcess.newFolder(name);
        Guardian.postgres(copy);
        var it = new InstalledPostgres(
                copy, programs, new Database("meals", JavaProcess.freePort(), database.passwords()));
        run(
                "pg_basebackup",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(database.port()),
                "-U",
                ADMINISTRATOR,
                "-D",
                it.cluster(),
                "-X",
                "stream",
                "-c",
                "fast");
        return it;
    }

    /** Recovers a base backup to where it was taken, without an archive, which begins another timeline. */
    void recover() throws IOException {
        Files.writeString(
                folder.resolve("postgres/postgresql.auto.conf"),
                "restore_command = 'false'\nrecovery_target = 'immediate'\nrecovery_target_action = 'promote'\n",
                StandardOpenOption.APPEND);
        Files.createFile(folder.resolve("postgres/recovery.signal"));
        start();
        await().atMost(LIMIT).until(() -> Files.notExists(folder.resolve("postgres/recovery.signal")));
    }

    /** Aborts the test, or fails it with {@code MEALS_DUMP_TESTS=required}, where nothing fit is installed. */
    private static Path programs() {
        var path = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
        return Stream.concat(path, debian())
                .filter(folder -> PROGRAMS.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .filter(folder -> version(folder) >= OLDEST)
                .findFirst()
                .orElseGet(() -> {
                    var why = "NO TEST OF DUMP AND RESTORE: no PostgreSQL %d or newer is installed with all of %s"
                            .formatted(OLDEST, PROGRAMS);
                    if ("required".equals(System.getenv("MEALS_DUMP_TESTS"))) {
                        fail(why);
                    }
                    System.err.println("\n*** " + why + " ***\n");
                    return abort(why);
                });
    }

    /** Where Debian and its kin keep them, the newest first. */
    private static Stream<Path> debian() {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin")).sorted(Comparator.reverseOrder()).toList().stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    private static int version(Path programs) {
        try {
            var process = new ProcessBuilder(programs.resolve("postgres").toString(), "--version").start();
            var said = new String(process.getInputStream().readAllBytes());
            return Integer.parseInt(said.replaceFirst("(?s)^\\D*(\\d+).*", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the file that everybody makes them with. */
    private void makeRoles() {
        var arguments = new ArrayList<String>();
        database.passwords()
                .forEach((role, password) -> arguments.addAll(
                        List.of("-v", role.name().toLowerCase(Locale.ROOT) + "_password=" + password)));
        execute("postgres", Path.of("..", "infrastructure", "database", "roles.sql"), arguments);
    }

    private String cluster() {
        return folder.resolve("postgres").toString();
    }

    @Override
    public Database database() {
        return database;
    }

    /** All of the product's database, as {@code pg_dump} writes it. */
    Path dump() {
        var file = folder.resolve("meals.sql");
        run("pg_dump", connecting("meals", "-f", file.toString()));
        return file;
    }

    /** Into the empty database. */
    void restore(Path dump) {
        execute("meals", dump, List.of());
    }

    private void execute(String databaseName, Path file, List<String> more) {
        var arguments = new ArrayList<>(List.of("-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1"));
        arguments.addAll(more);
        arguments.addAll(List.of("-f", file.toAbsolutePath().normalize().toString()));
        run("psql", connecting(databaseName, arguments.toArray(String[]::new)));
    }

    private String[] connecting(String databaseName, String... arguments) {
        var all = new ArrayList<>(List.of("-h", "127.0.0.1", "-p", Integer.toString(database.port())));
        all.addAll(List.of("-U", ADMINISTRATOR, "-d", databaseName));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** PostgreSQL refuses to run as root, in whose user namespace there is no root. */
    private void run(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        if (Script.run(folder, Map.of("LC_ALL", "C"), LIMIT, command) != 0) {
            throw new IllegalStateException(command + " failed");
        }
    }

    @Override
    public void close() {
        run("pg_ctl", "stop", "-w", "-m", "fast", "-D", cluster());
        JavaProcess.delete(folder.resolve("postgres"));
    }
}
