package io.mealexpense.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A file that holds a secret: mode 0600 from its first byte, complete or absent, never half written. */
public final class SecretFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path path;

    private SecretFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    public static SecretFile at(Path path) {
        return new SecretFile(path);
    }

    /** The key in this file; a new random one is put there if there was no file. */
    public static byte[] readOrCreateKey(Path path, int length) {
        var file = at(path);
        var key = file.read().orElseGet(() -> {
            var fresh = random(length);
            file.write(fresh);
            return fresh;
        });
        if (key.length != length) {
            throw new EmbeddedPostgresException(
                    path + " holds " + key.length + " bytes instead of " + length + "; restore it from a backup.");
        }
        return key;
    }

    static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Empty if there is no such file; a file that others could have read is refused. */
    public Optional<byte[]> read() {
        try {
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            var mode = Files.getPosixFilePermissions(path);
            if (!OWNER_ONLY.containsAll(mode)) {
                throw new EmbeddedPostgresException(path + " is open to other accounts of this machine ("
                        + PosixFilePermissions.toString(mode) + "). If nobody can have read it: chmod 600 " + path);
            }
            return Optional.of(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new EmbeddedPostgresException(path + " cannot be read: " + PrivateFiles.reason(e), e);
        }
    }

    /** Replaces the file as a whole and returns when the disk has it. */
    public void write(byte[] secret) {
        var beside = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(beside);
            try (var channel = FileChannel.open(
                    beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.FILE_MODE)) {
                var bytes = ByteBuffer.wrap(secret);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(path.getParent());
        } catch (IOException e) {
            throw new EmbeddedPostgresException(path + " cannot be written: " + PrivateFiles.reason(e), e);
        }
    }

    /** A rename is durable once the folder is on disk. */
    static void syncFolder(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
