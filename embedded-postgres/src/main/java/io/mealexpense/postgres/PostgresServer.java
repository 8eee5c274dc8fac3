package io.mealexpense.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster of a data folder and the server process on it. Whoever calls holds the lock of the folder. */
final class PostgresServer {

    static final String HOST = "127.0.0.1";

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String SUPERUSER = "postgres";
    private static final Duration RETRY_START = Duration.ofSeconds(10);
    /** A server that recovers from a crash answers only when it has replayed its log. */
    private static final Duration RECOVERY = Duration.ofMinutes(10);

    /** What is archived of weeks is read for hours. */
    private static final Duration LONGEST_RESTORE = Duration.ofDays(7);

    private static final Duration FAST_STOP = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);
    private static final int LOG_TAIL_LINES = 15;

    private final Path dataFolder;
    private final Path cluster;
    private final PostgresBinaries binaries;
    private final Settings settings;

    PostgresServer(Path dataFolder, PostgresBinaries binaries, Settings settings) {
        this.dataFolder = dataFolder;
        this.cluster = dataFolder.resolve("postgres");
        this.binaries = binaries;
        this.settings = settings;
    }

    boolean hasCluster() {
        return Files.exists(cluster);
    }

    void refuseForeignCluster() {
        try {
            var major = Files.readString(cluster.resolve("PG_VERSION")).strip();
            if (!major.equals(binaries.major())) {
                throw new EmbeddedPostgresException(
                        "The data in " + cluster + " was written by PostgreSQL " + major
                                + ", this version of the product brings PostgreSQL " + binaries.major()
                                + ". Start the version that wrote it, dump the database, and restore it into a new data folder.");
            }
            if (PostgresProgram.isRoot() && !Integer.valueOf(0).equals(Files.getAttribute(cluster, "unix:uid"))) {
                throw new EmbeddedPostgresException("The data in " + cluster + " belongs to the account "
                        + Files.getOwner(cluster) + ": start the product as that one.");
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    cluster + " is not a readable PostgreSQL data folder: " + PrivateFiles.reason(e), e);
        }
    }

    /** A process that was killed leaves its server behind; a machine that lost power leaves the note of one. */
    void stopOrphan() {
        var found = Postmaster.of(cluster);
        if (found.isEmpty()) {
            return;
        }
        if (found.get().lives()) {
            log.warn("An earlier run ended without stopping its database server; stopping it now");
            stop();
        } else {
            try {
                Files.deleteIfExists(Postmaster.file(cluster));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void dropCluster() {
        PrivateFiles.deleteTree(cluster);
    }

    /** Built beside and renamed: a cluster that has its name is complete, roles and database included. */
    void createCluster(Bootstrap bootstrap) {
        log.info("Creating the database in {}", cluster);
        PrivateFiles.deleteLeftovers(dataFolder, "postgres.new-*");
        var beside = dataFolder.resolve("postgres.new-" + UUID.randomUUID());
        PostgresProgram.run(
                        dataFolder,
                        "",
                        List.of(
                                binaries.program("initdb"),
                                "--pgdata=" + beside,
                                "--username=" + SUPERUSER,
                                "--auth=reject",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--data-checksums"))
                .orElseThrow("Creating the database");
        singleUser(beside, bootstrap.complete());
        writeFingerprint(beside, bootstrap);
        try {
            Files.move(beside, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SecretFile.syncFolder(dataFolder);
    }

    /** Does nothing if the cluster has these roles and passwords already. */
    void updateRoles(Bootstrap bootstrap) {
        if (read(fingerprintFile(cluster))
                .filter(bootstrap.fingerprint()::equals)
                .isEmpty()) {
            log.warn("Setting up the database roles again: they or their passwords changed");
            singleUser(cluster, bootstrap.rolesOnly());
            writeFingerprint(cluster, bootstrap);
        }
    }

    /** Returns the port it listens on, once it accepts connections. */
    int start() {
        var giveUp = System.nanoTime() + RETRY_START.toNanos();
        var pause = Duration.ofMillis(100);
        while (true) {
            var port = choosePort();
            var failure = tryStart(port);
            if (failure.isEmpty()) {
                write(portFile(), port + "\n");
                return port;
            }
            if (System.nanoTime() > giveUp) {
                throw new EmbeddedPostgresException("The database server does not start:\n" + failure.get());
            }
            log.debug("The database server did not start, trying again: {}", failure.get());
            await(pause, () -> false);
            pause = pause.multipliedBy(2);
        }
    }

    /**
     * Reads what is to be restored, once, up to where it is told to.
     *
     * @return all that the server said, if it does not come that far; empty once it accepts connections
     */
    Optional<String> recover() {
        var failure = tryStart(choosePort());
        if (failure.isEmpty()) {
            // pg_ctl is content with a server that has begun to recover
            await(
                    LONGEST_RESTORE,
                    () -> isGone()
                            || Postmaster.of(cluster)
                                    .filter(Postmaster::acceptsConnections)
                                    .isPresent());
        }
        return isGone() ? Optional.of(readLogs()) : Optional.empty();
    }

    int port() {
        return Postmaster.of(cluster).flatMap(Postmaster::port).orElseThrow();
    }

    String readLogs() {
        try (var files = Files.list(dataFolder.resolve("log"))) {
            var text = new StringBuilder();
            for (var file : files.sorted().toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server ends every session, writes what is left to write, and is gone when this returns. */
    void stop() {
        if (stops("fast", FAST_STOP)) {
            return;
        }
        log.warn(
                "The database server takes more than {} s to stop; it will recover at its next start",
                FAST_STOP.toSeconds());
        if (!stops("immediate", IMMEDIATE_STOP)) {
            throw new EmbeddedPostgresException("The database server on " + cluster + " does not stop.");
        }
    }

    private boolean stops(String mode, Duration limit) {
        if (isGone()) {
            return true;
        }
        var outcome = PostgresProgram.run(
                dataFolder,
                "",
                List.of(binaries.program("pg_ctl"), "stop", "-W", "-D", cluster.toString(), "-m", mode));
        if (outcome.exitCode() != 0 && !isGone()) {
            outcome.orElseThrow("Stopping the database server");
        }
        return await(limit, this::isGone);
    }

    /** The file goes first: where nobody collects dead processes the server's would seem to live on. */
    private boolean isGone() {
        return Postmaster.of(cluster).filter(Postmaster::lives).isEmpty();
    }

    /** Empty when it accepts connections, else the end of its log. */
    private Optional<String> tryStart(int port) {
        var logFolder = PrivateFiles.folder(dataFolder.resolve("log"));
        var startLog = logFolder.resolve("postgres-start.log");
        settings.archive().ifPresent(archive -> archive.writeScript(dataFolder));
        write(cluster.resolve("postgresql.conf"), configuration(port, logFolder));
        write(cluster.resolve("pg_hba.conf"), access());
        write(startLog, "");
        // pg_ctl gives the server a session of its own: Ctrl-C at the terminal must reach us first, and only us
        var process = PostgresProgram.start(
                dataFolder,
                List.of(
                        binaries.program("pg_ctl"),
                        "start",
                        "-w",
                        "-t",
                        Long.toString(RECOVERY.toSeconds()),
                        "-D",
                        cluster.toString(),
                        "-l",
                        startLog.toString()),
                settings.environment(),
                ProcessBuilder.Redirect.appendTo(startLog.toFile()));
        await(
                RECOVERY,
                () -> !process.isAlive()
                        || Postmaster.of(cluster)
                                .filter(Postmaster::acceptsConnections)
                                .isPresent());
        if (process.isAlive() || process.exitValue() == 0) {
            return Optional.empty();
        }
        return Optional.of(tail(startLog) + tail(newest(logFolder)));
    }

    private void singleUser(Path target, String sql) {
        PostgresProgram.run(
                        dataFolder,
                        sql,
                        List.of(
                                binaries.program("postgres"),
                                "--single",
                                "-D",
                                target.toString(),
                                "-c",
                                "exit_on_error=on",
                                "-c",
                                "logging_collector=off",
                                "-c",
                                "log_min_error_statement=panic", // the statements contain passwords
                                "-c",
                                "password_encryption=scram-sha-256",
                                "postgres"))
                .orElseThrow("Setting up the database roles");
    }

    private String configuration(int port, Path logFolder) {
        return """
                # Written at every start; changes are lost.
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                max_connections = %d
                password_encryption = 'scram-sha-256'

                # an acknowledged event is on disk
                fsync = on
                synchronous_commit = on
                full_page_writes = on

                # a small machine that also runs the product
                shared_buffers = '128MB'
                effective_cache_size = '512MB'
                work_mem = '8MB'
                maintenance_work_mem = '64MB'
                max_wal_size = '512MB'
                min_wal_size = '64MB'
                max_wal_senders = 2
                max_parallel_workers_per_gather = 1
                jit = off

                # a week of logs, the oldest day overwritten; no values and no statement texts with details of a meal
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgres-%%a.log'
                log_rotation_age = '1d'
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_file_mode = 0600
                log_line_prefix = '%%m [%%p] %%u@%%d '
                log_error_verbosity = terse
                log_parameter_max_length = 0
                log_checkpoints = off

                log_timezone = 'UTC'
                timezone = 'UTC'
                lc_messages = 'C'
                """.formatted(HOST, port, settings.maxConnections(), quoted(logFolder))
                + settings.archive().map(WalArchive::settings).orElse("")
                + settings.recovery().map(Recovery::settings).orElse("");
    }

    private String access() {
        var line = "host %s %s " + HOST + "/32 scram-sha-256\n";
        var roles = new ArrayList<String>();
        for (var role : Role.ofProduct()) {
            roles.add(role.roleName());
        }
        return "# Written at every start; changes are lost. The superuser has no way in.\n"
                + (settings.testAdministrator()
                        ? line.formatted("all", "all")
                        : line.formatted(Bootstrap.DATABASE, String.join(",", roles))
                                + line.formatted(Bootstrap.SERVERS_OWN_DATABASE, Role.BACKUP.roleName()));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    private Path portFile() {
        return dataFolder.resolve("port");
    }

    /** The same port as last time if it is free. */
    private int choosePort() {
        return read(portFile())
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .filter(PostgresServer::isFree)
                .orElseGet(() -> bind(0).orElseThrow());
    }

    private static boolean isFree(int port) {
        return port <= 65_535 && bind(port).isPresent();
    }

    private static Optional<Integer> bind(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void writeFingerprint(Path target, Bootstrap bootstrap) {
        SecretFile.at(fingerprintFile(target)).write(bootstrap.fingerprint().getBytes(StandardCharsets.US_ASCII));
    }

    private static Path fingerprintFile(Path target) {
        return target.resolve("meals-roles.sha256");
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(file + " cannot be written: " + PrivateFiles.reason(e), e);
        }
    }

    private static Path newest(Path logFolder) {
        try (var files = Files.list(logFolder)) {
            return files.max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElse(logFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + file + " cannot be read)";
        }
    }

    private static boolean await(Duration limit, BooleanSupplier condition) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedPostgresException("Interrupted while waiting for the database server", e);
            }
        }
        return true;
    }
}
