package io.mealexpense.verify;

import io.mealexpense.merkle.ProofCheck;
import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.event.EventField;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.merkle.pack.PackFile;
import io.mealexpense.merkle.pack.PackSubject.OfExpense;
import io.mealexpense.merkle.pack.PackSubject.OfPeriod;
import io.mealexpense.verify.ProofPack.BrokenPackException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks a proof pack by itself: it needs the log's key and nothing else. The events are looked at one by one, so that
 * memory does not grow with them.
 */
final class PackVerification {

    private static final int SHOWN = 20;

    private final PrintStream out;
    private final List<String> violations = new ArrayList<>();
    private long count;

    PackVerification(PrintStream out) {
        this.out = out;
    }

    /** @param trusted the log's keys; those in the pack are used if there are none */
    int run(Path file, Collection<VerifierKey> trusted) throws IOException {
        try (var pack = ProofPack.open(file)) {
            check(pack, trusted);
        } catch (BrokenPackException broken) {
            violation(broken.getMessage());
        }
        if (count == 0) {
            return AuditVerify.CLEAN;
        }
        violations.forEach(violation -> out.println("VIOLATION " + violation));
        out.printf("NOT PROVED: %,d violations; the first: %s%n", count, violations.getFirst());
        return AuditVerify.VIOLATION;
    }

    private void violation(String message) {
        count++;
        if (violations.size() < SHOWN) {
            violations.add(message);
        }
    }

    private void violation(PackFile file, String message) {
        violation(file.fileName() + ": " + message);
    }

    private void check(ProofPack pack, Collection<VerifierKey> trusted) throws IOException, BrokenPackException {
        var named = pack.names();
        PackFile.names().stream()
                .filter(name -> !named.contains(name))
                .forEach(name -> violation(name + ": is missing"));
        named.stream()
                .filter(name -> !PackFile.names().contains(name))
                .forEach(name -> violation(name + ": does not belong into a proof pack"));
        if (count > 0) {
            return;
        }
        var manifest = PackManifest.read(pack);
        var inPack = keys(pack);
        var checkpoint = checkpoint(pack, inPack, trusted, manifest);
        var contents = checkpoint.map(it -> contents(pack, it, manifest));
        // what stands in a line is told before what became of its file
        for (var file : PackFile.values()) {
            if (file != PackFile.MANIFEST) {
                hash(pack, file, manifest);
            }
        }
        if (count == 0) {
            tell(manifest, checkpoint.orElseThrow(), contents.orElseThrow(), trusted.isEmpty());
        }
    }

    /** Nothing in a pack can tell that it is all there is: that is said to be not proved. */
    private void tell(PackManifest manifest, Checkpoint checkpoint, Contents contents, boolean byItsOwnKey) {
        if (byItsOwnKey) {
            out.println(
                    "Remark: the key in the pack was used. It proves something only if the log's key, as you know it"
                            + " from elsewhere, is the same: give it with --key.");
        }
        out.printf(
                "Proved: the log %s, as it was sealed with its first %,d events, holds %s, unchanged: %s.%n",
                checkpoint.origin(),
                checkpoint.size(),
                contents.events() == 1 ? "this 1 event" : "these %,d events".formatted(contents.events()),
                switch (manifest.subject()) {
                    case OfExpense it -> "the expense %s from its beginning, without a gap".formatted(it.expenseId());
                    case OfPeriod it ->
                        "%s of the account %s, each from its beginning, without a gap, and at some time dated %s to %s"
                                .formatted(
                                        contents.expenses() == 1
                                                ? "1 expense"
                                                : "%,d expenses".formatted(contents.expenses()),
                                        it.ownerId(),
                                        it.from(),
                                        it.to());
                });
        out.println(
                switch (manifest.subject()) {
                    case OfExpense it ->
                        "Not proved: that nothing happened to it after position %d.".formatted(contents.last());
                    case OfPeriod it ->
                        "Not proved: that nothing happened to them later, nor that the account has no other expenses of that"
                                + " period.";
                });
    }

    // --- what is not an event ---------------------------------------------------------------------------------------

    private void hash(ProofPack pack, PackFile file, PackManifest manifest) throws IOException, BrokenPackException {
        var sha256 = TreeHasher.sha256();
        var bytes = pack.digest(file, sha256);
        var said = manifest.files().get(file.fileName());
        if (said == null) {
            violation(PackFile.MANIFEST, "it does not say what " + file.fileName() + " must be");
        } else if (said.bytes() != bytes || !said.sha256().equals(HexFormat.of().formatHex(sha256.digest()))) {
            violation(file, "it is not the file that MANIFEST.json says");
        }
    }

    private List<VerifierKey> keys(ProofPack pack) throws IOException, BrokenPackException {
        var keys = new ArrayList<VerifierKey>();
        for (var line : pack.text(PackFile.KEYS).lines().toList()) {
            try {
                keys.add(VerifierKey.parse(line));
            } catch (IllegalArgumentException malformed) {
                violation(PackFile.KEYS, "'%s' is no public key: %s".formatted(line, malformed.getMessage()));
            }
        }
        if (keys.isEmpty()) {
            violation(PackFile.KEYS, "there is no key");
        }
        return keys;
    }

    private Optional<Checkpoint> checkpoint(
            ProofPack pack, List<VerifierKey> inPack, Collection<VerifierKey> trusted, PackManifest manifest)
            throws IOException, BrokenPackException {
        var note = pack.text(PackFile.CHECKPOINT);
        try {
            var checkpoint = Checkpoint.open(note, trusted.isEmpty() ? inPack : trusted);
            if (!trusted.isEmpty()) {
                requireSignedByPack(note, inPack);
            }
            if (!manifest.log().equals(checkpoint.origin())) {
                violation(PackFile.MANIFEST, "log: the checkpoint is of another one");
            }
            if (manifest.size() != checkpoint.size()) {
                violation(PackFile.MANIFEST, "size: the checkpoint is of %d".formatted(checkpoint.size()));
            }
            if (!Arrays.equals(manifest.root(), checkpoint.root())) {
                violation(PackFile.MANIFEST, "root: it is not that of the checkpoint");
            }
            return Optional.of(checkpoint);
        } catch (InvalidCheckpointException invalid) {
            violation(PackFile.CHECKPOINT, "it cannot be trusted: " + invalid.getMessage());
            return Optional.empty();
        }
    }

    private void requireSignedByPack(String note, List<VerifierKey> inPack) {
        try {
            Checkpoint.open(note, inPack);
        } catch (InvalidCheckpointException invalid) {
            violation(PackFile.KEYS, "the key that signed the checkpoint is not in it");
        }
    }

    // --- event by event ---------------------------------------------------------------------------------------------

    /**
     * What is in a pack.
     *
     * @param last position of the last event
     * @param expenses that the events are about
     */
    private record Contents(long events, long last, int expenses) {}

    private Contents contents(ProofPack pack, Checkpoint checkpoint, PackManifest manifest) {
        var subject = new SubjectCheck(manifest.subject(), this::violation);
        var leaf = new EventLeaf();
        var position = 0L;
        var number = 0L;
        try (var events = pack.lines(PackFile.EVENTS);
                var proofs = pack.lines(PackFile.PROOFS)) {
            for (var line = events.next(); line != null; line = events.next()) {
                number++;
                var event = event(line, number);
                var proof = proof(proofs.next(), number);
                if (event.position() <= position) {
                    violation(
                            at(PackFile.EVENTS, event.position(), "position", "it comes after %d".formatted(position)));
                }
                position = event.position();
                check(event, proof, leaf, checkpoint);
                subject.take(event);
            }
            if (proofs.next() != null) {
                violation(PackFile.PROOFS, "there are more proofs than events");
            }
            subject.end();
            if (number == 0) {
                violation(PackFile.EVENTS, "there is no event");
            }
            if (number != manifest.events()) {
                violation(PackFile.MANIFEST, "events: it says %d, there are %d".formatted(manifest.events(), number));
            }
        } catch (BrokenPackException broken) {
            violation(broken.getMessage());
        } catch (IOException unreadable) {
            violation("events.ndjson or proofs.ndjson: it cannot be unpacked: " + unreadable.getMessage());
        }
        return new Contents(number, position, subject.expenses());
    }

    /** A line of {@code proofs.ndjson}. */
    private record Proof(long position, byte[] fingerprints, List<byte[]> hashes) {}

    private static String at(PackFile file, long position, String field, String message) {
        return "%s, position %d, %s: %s".formatted(file.fileName(), position, field, message);
    }

    private void check(LoggedEvent event, Proof proof, EventLeaf leaf, Checkpoint checkpoint) {
        var hash = leaf.take(event).hash();
        var position = event.position();
        var fields = leaf.differing(proof.fingerprints(), 0);
        if (proof.position() != position) {
            violation(
                    fields.contains(EventField.POSITION)
                            ? at(PackFile.EVENTS, proof.position(), "position", "it is not what was sealed")
                            : at(
                                    PackFile.PROOFS,
                                    position,
                                    "position",
                                    "the proof is about position " + proof.position()));
            return;
        }
        if (position > checkpoint.size()) {
            violation(
                    at(PackFile.EVENTS, position, "position", "the checkpoint seals %d".formatted(checkpoint.size())));
            return;
        }
        var included = ProofCheck.included(hash, position - 1, checkpoint.size(), proof.hashes(), checkpoint.root());
        if (included && !fields.isEmpty()) {
            violation(at(PackFile.PROOFS, position, "fingerprints", "they are not this event's"));
        } else if (!included && fields.isEmpty()) {
            violation(at(PackFile.PROOFS, position, "hashes", "they do not lead from this event to the checkpoint"));
        } else if (!included) {
            violation(at(
                    PackFile.EVENTS,
                    position,
                    fields.stream().map(EventField::column).collect(Collectors.joining(", ")),
                    fields.contains(EventField.EVENT_ID)
                            ? "another event was sealed there"
                            : "it is not what was sealed"));
        }
    }

    private static LoggedEvent event(String line, long number) throws BrokenPackException {
        try {
            return PackedEvent.parse(line);
        } catch (IllegalArgumentException malformed) {
            throw new BrokenPackException(PackFile.EVENTS, "line %d: %s".formatted(number, malformed.getMessage()));
        }
    }

    private static Proof proof(@Nullable String line, long number) throws BrokenPackException {
        if (line == null) {
            throw new BrokenPackException(PackFile.PROOFS, "there is none for line %d of the events".formatted(number));
        }
        try {
            var fields = Json.object(line).only("position", "fingerprints", "hashes");
            var fingerprints = Base64.getDecoder().decode(fields.text("fingerprints"));
            if (fingerprints.length != EventLeaf.FINGERPRINTS) {
                throw new IllegalArgumentException("fingerprints have another length");
            }
            var hashes = new ArrayList<byte[]>();
            for (var text : fields.texts("hashes")) {
                var hash = Base64.getDecoder().decode(text);
                if (hash.length != TreeHasher.SIZE || hashes.size() == Long.SIZE) {
                    throw new IllegalArgumentException("no hash is " + text);
                }
                hashes.add(hash);
            }
            return new Proof(fields.number("position"), fingerprints, hashes);
        } catch (IllegalArgumentException malformed) {
            throw new BrokenPackException(PackFile.PROOFS, "line %d: %s".formatted(number, malformed.getMessage()));
        }
    }
}
