package io.mealexpense.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that lives in a data folder and belongs to the process that started it. It keeps its data
 * through any end of that process; whoever starts it stops it, after everything that uses it has stopped.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final DataDirectoryLock lock;
    private final PostgresServer server;
    private final Database database;
    private final boolean archived;
    private boolean closed;

    private EmbeddedPostgres(DataDirectoryLock lock, PostgresServer server, Database database, boolean archived) {
        this.lock = lock;
        this.server = server;
        this.database = database;
        this.archived = archived;
    }

    /**
     * Starts the server of this folder, creating both if they are not there.
     *
     * @throws EmbeddedPostgresException if that cannot be, with a message for the person at the machine
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(dataFolder, Settings.PRODUCT, null);
    }

    /**
     * The same with room for more connections than the product on one machine needs.
     *
     * @throws EmbeddedPostgresException if that cannot be, with a message for the person at the machine
     */
    public static EmbeddedPostgres start(Path dataFolder, int maxConnections) {
        return start(dataFolder, new Settings(maxConnections), null);
    }

    /**
     * The same with more in the server's environment: for tests of a server that is not what it should be.
     *
     * @throws EmbeddedPostgresException if that cannot be, with a message for the person at the machine
     */
    public static EmbeddedPostgres start(Path dataFolder, Map<String, String> environment) {
        return start(dataFolder, Settings.PRODUCT.in(environment), null);
    }

    /** @param testAdministratorPassword given exactly if the settings ask for such a role */
    static EmbeddedPostgres start(Path dataFolder, Settings settings, @Nullable String testAdministratorPassword) {
        var began = System.nanoTime();
        var folder = PrivateFiles.folder(dataFolder);
        var lock = DataDirectoryLock.acquire(folder);
        try {
            var binaries = PostgresBinaries.unpacked(cacheFolder(folder));
            var archive = WalArchive.of(folder);
            var server = new PostgresServer(folder, binaries, settings.archivedIn(archive));
            if (server.hasCluster()) {
                server.refuseForeignCluster();
                server.stopOrphan();
                if (settings.startAfresh()) {
                    server.dropCluster();
                }
            }
            var passwords = Credentials.readOrCreate(folder.resolve("credentials.properties"));
            var bootstrap = new Bootstrap(passwords);
            if (testAdministratorPassword != null) {
                bootstrap.withTestAdministrator(testAdministratorPassword);
            }
            if (server.hasCluster()) {
                server.updateRoles(bootstrap);
            } else {
                server.createCluster(bootstrap);
            }
            var port = server.start();
            log.info(
                    "PostgreSQL {} on {}:{} is ready after {} ms",
                    binaries.version(),
                    PostgresServer.HOST,
                    port,
                    (System.nanoTime() - began) / 1_000_000);
            return new EmbeddedPostgres(
                    lock, server, new Database(Bootstrap.DATABASE, port, passwords), archive.isPresent());
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** The product's database, empty until migrations have run. */
    public Database database() {
        return database;
    }

    /** Whether its log is copied to an archive. */
    public boolean isArchived() {
        return archived;
    }

    /** Stops the server and lets go of the folder; once is enough, more does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.stop();
        } finally {
            lock.close();
        }
    }

    /** Beside other programs' caches; in the data folder for accounts without a home. */
    static Path cacheFolder(Path dataFolder) {
        var configured = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute);
        var home = Path.of(System.getProperty("user.home"));
        var caches = configured.orElse(home.resolve(".cache"));
        if (Files.isWritable(Files.exists(caches) ? caches : home)) {
            return PrivateFiles.folder(caches.resolve("meal-expense-tracker"));
        }
        return PrivateFiles.folder(dataFolder.resolve("cache"));
    }
}
