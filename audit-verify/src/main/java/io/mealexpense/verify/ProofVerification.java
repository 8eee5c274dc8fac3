package io.mealexpense.verify;

import io.mealexpense.merkle.ProofCheck;
import io.mealexpense.merkle.event.EventField;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import io.mealexpense.merkle.note.ConsistencyProof;
import io.mealexpense.merkle.note.InclusionProof;
import io.mealexpense.merkle.note.LogName;
import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Checks a proof by itself: it needs the log's key and nothing else. */
final class ProofVerification {

    private final PrintStream out;

    ProofVerification(PrintStream out) {
        this.out = out;
    }

    int run(Path file, Collection<VerifierKey> keys) throws IOException {
        var text = Files.readString(file);
        try {
            if (InclusionProof.isOne(text)) {
                return included(InclusionProof.parse(text), keys);
            }
            if (ConsistencyProof.isOne(text)) {
                return consistent(ConsistencyProof.parse(text), keys);
            }
            return refuse("the file is no proof");
        } catch (IllegalArgumentException malformed) {
            return refuse(malformed.getMessage());
        } catch (InvalidCheckpointException invalid) {
            return refuse("the checkpoint cannot be trusted: " + invalid.getMessage());
        }
    }

    private int refuse(String why) {
        out.println("NOT PROVED: " + why);
        return AuditVerify.VIOLATION;
    }

    private int included(InclusionProof proof, Collection<VerifierKey> keys) throws InvalidCheckpointException {
        var checkpoint = Checkpoint.open(proof.checkpoint(), keys);
        var event = LoggedEvent.decoded(proof.extra());
        if (event.position() != proof.index() + 1) {
            return refuse("the event says position %d, the proof is about position %d"
                    .formatted(event.position(), proof.index() + 1));
        }
        var leaf = new EventLeaf().take(event).hash();
        if (!ProofCheck.included(leaf, proof.index(), checkpoint.size(), proof.hashes(), checkpoint.root())) {
            return refuse("this event is not in the log that was signed");
        }
        for (var field : EventField.values()) {
            out.println("  %-15s %s".formatted(field.column(), shown(event, field)));
        }
        out.println("Proved: this event is in the log %s, as it was sealed with its first %,d events."
                .formatted(checkpoint.origin(), checkpoint.size()));
        return AuditVerify.CLEAN;
    }

    private static String shown(LoggedEvent event, EventField field) {
        return switch (field) {
            case POSITION -> Long.toString(event.position());
            case AGGREGATE_ID -> event.aggregateId().toString();
            case SEQUENCE -> Long.toString(event.sequence());
            case EVENT_ID -> event.eventId().toString();
            case RECORDED_AT -> event.recordedAtInstant().toString();
            default -> {
                var bytes = event.bytes(field);
                yield bytes == null ? "-" : new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    private int consistent(ConsistencyProof proof, Collection<VerifierKey> keys) throws InvalidCheckpointException {
        var earlier = Checkpoint.open(proof.earlier(), keys);
        var later = Checkpoint.open(proof.later(), keys);
        // a recovery gives the log another name, and what is left of it is still proved to be the same
        if (!LogName.parse(earlier.origin())
                .base()
                .equals(LogName.parse(later.origin()).base())) {
            return refuse("the checkpoints are of two logs");
        }
        if (!ProofCheck.consistent(earlier.size(), earlier.root(), later.size(), later.root(), proof.hashes())) {
            return refuse("the later log does not begin with the earlier one");
        }
        out.println("Proved: the log %s as it was sealed with %,d events begins with all of its %,d events before."
                .formatted(later.origin(), later.size(), earlier.size()));
        return AuditVerify.CLEAN;
    }
}
