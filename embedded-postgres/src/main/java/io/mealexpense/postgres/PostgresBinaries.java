package io.mealexpense.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs for this machine, unpacked once per version.
 *
 * @param home    holds {@code bin}, {@code lib} and {@code share}
 * @param version for example {@code 18.6.0}
 */
record PostgresBinaries(Path home, String version) {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

    /** Unpacks them into {@code cache}, unless an earlier start did. */
    static PostgresBinaries unpacked(Path cache) {
        var platform = platform();
        var version = packedVersion();
        var home = cache.resolve("postgres-" + version + "-" + platform);
        if (!Files.isDirectory(home)) {
            log.info("Unpacking PostgreSQL {} into {}", version, home);
            unpack("postgres-" + platform + ".txz", home);
        }
        return new PostgresBinaries(home, version);
    }

    /** Data written by another major version cannot be read. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    static String packedVersion() {
        try (var in = PostgresBinaries.class.getResourceAsStream("postgres.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the words of the archives' names; those for macOS are universal, so there is one for both processors. */
    private static String platform() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return "darwin-arm_64";
        }
        if (system.startsWith("linux") && (processor.equals("amd64") || processor.equals("x86_64"))) {
            return "linux-x86_64";
        }
        if (system.startsWith("linux") && processor.equals("aarch64")) {
            return "linux-arm_64";
        }
        throw new EmbeddedPostgresException(
                "The embedded PostgreSQL runs on Linux and macOS, on x86-64 and ARM64, not on "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + (system.startsWith("windows") ? ". On Windows use WSL 2" : "")
                        + ". The two services run anywhere against a PostgreSQL server of your own.");
    }

    private static void unpack(String archive, Path home) {
        var beside = home.resolveSibling(home.getFileName() + ".new-" + UUID.randomUUID());
        try (var in = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (in == null) {
                throw new EmbeddedPostgresException("This build does not contain the PostgreSQL of this machine ("
                        + archive + "): build it here, or with -Pall-platforms.");
            }
            Files.createDirectory(beside, PrivateFiles.FOLDER_MODE);
            extract(in, beside);
            Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.isDirectory(home)) {
                return; // another process was faster, and its copy is as good
            }
            throw new EmbeddedPostgresException(
                    "PostgreSQL cannot be unpacked into " + home + ": " + PrivateFiles.reason(e), e);
        } finally {
            if (Files.exists(beside)) {
                PrivateFiles.deleteTree(beside);
            }
        }
    }

    private static void extract(InputStream in, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("an entry leaves the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (!entry.getName().endsWith(".a")) { // static libraries serve compilers only
                    Files.createDirectories(path.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, path);
                        if ((entry.getMode() & 0100) != 0) {
                            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                        }
                    }
                }
            }
        }
    }
}
