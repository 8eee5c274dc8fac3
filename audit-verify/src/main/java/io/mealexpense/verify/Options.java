package io.mealexpense.verify;

import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param proof a file to check instead of a database
 * @param pack likewise
 * @param trusted verified before; absent for the whole log
 * @param acceptedRecoveries positions of declared recoveries that somebody has looked into
 * @param checkpoints absent if the caller does without published ones
 * @param readModels database with the read models, absent if they are not looked at
 */
record Options(
        @Nullable Path proof,
        @Nullable Path pack,
        @Nullable String url,
        String user,
        @Nullable String password,
        @Nullable TrustedStart trusted,
        Set<Long> acceptedRecoveries,
        @Nullable Path checkpoints,
        @Nullable String readModels,
        List<VerifierKey> keys) {

    static final String DEFAULT_USER = "meals_auditor";

    static final String USAGE = """
            Usage: audit-verify [options]           verifies the log
                   audit-verify proof FILE [--key]  verifies a proof that was downloaded; asks no database
                   audit-verify pack FILE [--key]   the same for a proof pack; without a key by the one in it

              --data-dir DIR             of the standalone product: database, password, checkpoints and keys are found
                                         there, each unless it is given; a given key is the only one then
              --url URL                  jdbc:postgresql://host:port/database
              --user NAME                default: meals_auditor; it needs to read event_store and seal, nothing else
              --password-file FILE       the password, or lines of <user>=<password>
              --checkpoints DIR          where checkpoints are published
              --from-position N          verify only what comes after it, and that the log goes on from a checkpoint
                                         of that size which was verified before and kept, told by one of these:
              --trusted-checkpoint FILE  the signed checkpoint itself
              --trusted-root HASH        its root, in base64
              --accept-recovery N        the log was restored from a backup, as was declared at position N, and somebody has
                                         looked into it; without this a declared recovery is a violation
              --without-published        do without them: a log cut off or put back is not noticed then
              --read-models              compare lists and reports too, with what the log comes to
              --read-models-url URL      the same where they are in another database
              --key KEY                  the log's public key; may be given more than once
              --key-file FILE            the same, one key per line

            Ends with 0 if everything is as it was sealed, 1 if not, 2 if that could not be found out.
            """;

    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... arguments) throws UsageException, IOException {
        var rest = new ArrayDeque<>(List.of(arguments));
        Path proof = null;
        Path pack = null;
        if ("proof".equals(rest.peek())) {
            proof = Path.of(value(rest.poll(), rest));
        } else if ("pack".equals(rest.peek())) {
            pack = Path.of(value(rest.poll(), rest));
        }
        Path dataFolder = null;
        String url = null;
        var user = DEFAULT_USER;
        Path passwordFile = null;
        Path checkpoints = null;
        var withoutPublished = false;
        Long fromPosition = null;
        Path trustedCheckpoint = null;
        String trustedRoot = null;
        var accepted = new TreeSet<Long>();
        var readModels = false;
        String readModelsUrl = null;
        var keys = new ArrayList<VerifierKey>();
        var keyFiles = new ArrayList<Path>();
        while (!rest.isEmpty()) {
            var option = rest.poll();
            switch (option) {
                case "--data-dir" -> dataFolder = Path.of(value(option, rest));
                case "--url" -> url = value(option, rest);
                case "--user" -> user = value(option, rest);
                case "--password-file" -> passwordFile = Path.of(value(option, rest));
                case "--checkpoints" -> checkpoints = Path.of(value(option, rest));
                case "--without-published" -> withoutPublished = true;
                case "--from-position" -> fromPosition = position(value(option, rest));
                case "--trusted-checkpoint" -> trustedCheckpoint = Path.of(value(option, rest));
                case "--trusted-root" -> trustedRoot = value(option, rest);
                case "--accept-recovery" -> accepted.add(position(value(option, rest)));
                case "--read-models" -> readModels = true;
                case "--read-models-url" -> readModelsUrl = value(option, rest);
                case "--key" -> keys.add(key(value(option, rest)));
                case "--key-file" -> keyFiles.add(Path.of(value(option, rest)));
                default -> throw new UsageException("Unknown option " + option);
            }
        }
        if (dataFolder != null) {
            url = url != null ? url : url(dataFolder);
            passwordFile = passwordFile != null ? passwordFile : dataFolder.resolve("credentials.properties");
            var published = dataFolder.resolve("checkpoints");
            checkpoints = checkpoints != null ? checkpoints : published;
            if (keys.isEmpty() && keyFiles.isEmpty()) { // whoever brings a key trusts no other
                keyFiles.add(published.resolve("log.vkey"));
                for (var series : new PublishedCheckpoints(published).series()) {
                    keyFiles.add(published.resolve(series).resolve("log.vkey"));
                }
            }
        }
        for (var file : keyFiles) {
            for (var line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    keys.add(key(line));
                }
            }
        }
        if (keys.isEmpty() && pack == null) {
            throw new UsageException("The log's public key is needed: --key or --key-file");
        }
        if (proof == null && pack == null) {
            if (url == null) {
                throw new UsageException("Which database? --url, or --data-dir for the standalone product");
            }
            if (!withoutPublished && checkpoints == null) {
                throw new UsageException("Where are checkpoints published? --checkpoints, or --without-published");
            }
        }
        return new Options(
                proof,
                pack,
                url,
                user,
                passwordFile == null ? null : password(passwordFile, user),
                trusted(fromPosition, trustedCheckpoint, trustedRoot, keys),
                accepted,
                withoutPublished ? null : checkpoints,
                readModelsUrl == null && readModels ? url : readModelsUrl,
                keys);
    }

    private static String value(String option, ArrayDeque<String> rest) throws UsageException {
        return Optional.ofNullable(rest.poll())
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new UsageException(option + " needs a value"));
    }

    private static String url(Path dataFolder) throws IOException {
        var port = Files.readString(dataFolder.resolve("port")).strip();
        return "jdbc:postgresql://127.0.0.1:%s/meals".formatted(port);
    }

    private static long position(String text) throws UsageException {
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw new UsageException("'%s' is no position".formatted(text));
        }
        return Long.parseLong(text);
    }

    private static @Nullable TrustedStart trusted(
            @Nullable Long size, @Nullable Path checkpoint, @Nullable String root, List<VerifierKey> keys)
            throws UsageException, IOException {
        if (size == null && checkpoint == null && root == null) {
            return null;
        }
        if (size == null || (checkpoint == null) == (root == null)) {
            throw new UsageException("--from-position needs --trusted-checkpoint or --trusted-root, and they need it");
        }
        try {
            if (root != null) {
                var hash = Base64.getDecoder().decode(root);
                if (hash.length != TreeHasher.SIZE) {
                    throw new UsageException("'%s' is no root".formatted(root));
                }
                return new TrustedStart(size, hash);
            }
            var opened = Checkpoint.open(Files.readString(checkpoint), keys);
            if (opened.size() != size) {
                throw new UsageException("The trusted checkpoint is of size %d".formatted(opened.size()));
            }
            return new TrustedStart(size, opened.root());
        } catch (InvalidCheckpointException | IllegalArgumentException malformed) {
            throw new UsageException("The trusted checkpoint cannot be trusted: " + malformed.getMessage());
        }
    }

    private static VerifierKey key(String text) throws UsageException {
        try {
            return VerifierKey.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("'%s' is no public key: %s".formatted(text, malformed.getMessage()));
        }
    }

    private static String password(Path file, String user) throws IOException {
        var text = Files.readString(file);
        var lines = new Properties();
        lines.load(new StringReader(text));
        return Optional.ofNullable(lines.getProperty(user)).orElseGet(text::strip);
    }
}
