package io.mealexpense.verify;

import io.mealexpense.merkle.pack.PackFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files of a proof pack as they are found. Whoever made it may mean harm: nothing is read that is larger than it may be. */
final class ProofPack implements AutoCloseable {

    /** Of a file that is read as a whole. */
    private static final int LARGEST_TEXT = 1 << 20;

    /** Of a line: an event with payload and metadata. */
    private static final int LONGEST_LINE = 8 << 20;

    private static final int MOST_FILES = 100;

    /** What is no pack, or cannot be looked at any further. */
    static final class BrokenPackException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenPackException(PackFile file, String message) {
            this(file.fileName() + ": " + message);
        }

        BrokenPackException(String message) {
            super(message);
        }
    }

    private final ZipFile zip;

    private ProofPack(ZipFile zip) {
        this.zip = zip;
    }

    static ProofPack open(Path file) throws IOException, BrokenPackException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException(file + " cannot be read");
        }
        try {
            return new ProofPack(new ZipFile(file.toFile(), StandardCharsets.UTF_8));
        } catch (ZipException noZip) {
            throw new BrokenPackException("the file is no proof pack, or not all of it: " + noZip.getMessage());
        }
    }

    /** As often as they are there. */
    List<String> names() throws BrokenPackException {
        var names = zip.stream().limit(MOST_FILES).map(ZipEntry::getName).toList();
        for (var name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new BrokenPackException(name + ": is there more than once");
            }
        }
        return names;
    }

    private InputStream stream(PackFile file) throws IOException, BrokenPackException {
        var entry = zip.getEntry(file.fileName());
        if (entry == null) {
            throw new BrokenPackException(file, "is missing");
        }
        try {
            return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
        } catch (ZipException | EOFException damaged) {
            throw damaged(file, damaged);
        }
    }

    private static BrokenPackException damaged(PackFile file, IOException damaged) {
        return new BrokenPackException(file, "it cannot be unpacked: " + damaged.getMessage());
    }

    String text(PackFile file) throws IOException, BrokenPackException {
        try (var in = stream(file)) {
            var bytes = in.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw new BrokenPackException(file, "it is too large");
            }
            return decoded(file, bytes);
        } catch (ZipException | EOFException damaged) {
            throw damaged(file, damaged);
        }
    }

    private static String decoded(PackFile file, byte[] bytes) throws BrokenPackException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw new BrokenPackException(file, "it is no text in UTF-8");
        }
    }

    /** @return how many bytes there are */
    long digest(PackFile file, MessageDigest digest) throws IOException, BrokenPackException {
        try (var in = stream(file)) {
            var buffer = new byte[1 << 16];
            var bytes = 0L;
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
            return bytes;
        } catch (ZipException | EOFException damaged) {
            throw damaged(file, damaged);
        }
    }

    /** Lines, each of which ends with a line feed. */
    final class Lines implements AutoCloseable {

        private final PackFile file;
        private final InputStream in;

        private Lines(PackFile file) throws IOException, BrokenPackException {
            this.file = file;
            this.in = stream(file);
        }

        @Nullable
        String next() throws IOException, BrokenPackException {
            try {
                var line = new ByteArrayOutputStream(1024);
                for (var next = in.read(); next != '\n'; next = in.read()) {
                    if (next < 0) {
                        if (line.size() == 0) {
                            return null;
                        }
                        throw new BrokenPackException(file, "it ends within a line");
                    }
                    if (line.size() == LONGEST_LINE) {
                        throw new BrokenPackException(file, "a line is too long");
                    }
                    line.write(next);
                }
                return decoded(file, line.toByteArray());
            } catch (ZipException | EOFException damaged) {
                throw damaged(file, damaged);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    Lines lines(PackFile file) throws IOException, BrokenPackException {
        return new Lines(file);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
