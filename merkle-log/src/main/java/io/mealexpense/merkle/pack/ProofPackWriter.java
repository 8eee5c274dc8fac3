package io.mealexpense.merkle.pack;

import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.merkle.pack.PackSubject.OfExpense;
import io.mealexpense.merkle.pack.PackSubject.OfPeriod;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a proof pack: first every event, then the proof of every event, both in the order of positions, then the rest.
 * Nothing is remembered of them, and the same content gives the same bytes. The README and the manifest are signed by
 * nobody; what counts is what the checkpoint's signature covers.
 */
public final class ProofPackWriter implements AutoCloseable {

    /** ZIP entries have a time; one for all of them, so that it says nothing. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final PackSubject subject;
    private final String note;
    private final Checkpoint checkpoint;
    private final List<VerifierKey> keys;
    private final List<Written> written = new ArrayList<>();
    private long events;
    private long proofs;

    private PackFile current = PackFile.EVENTS;
    private MessageDigest sha256 = TreeHasher.sha256();
    private long bytes;

    private record Written(PackFile file, long bytes, byte[] sha256) {}

    /**
     * Begins a pack.
     *
     * @param note of the checkpoint, word for word
     * @param keys of the log, the oldest first
     */
    public ProofPackWriter(
            OutputStream out, PackSubject subject, String note, Checkpoint checkpoint, List<VerifierKey> keys)
            throws IOException {
        this.zip = new ZipOutputStream(new BufferedOutputStream(out), StandardCharsets.UTF_8);
        this.subject = subject;
        this.note = note;
        this.checkpoint = checkpoint;
        this.keys = List.copyOf(keys);
        begin(PackFile.EVENTS);
    }

    private void begin(PackFile file) throws IOException {
        var entry = new ZipEntry(file.fileName());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        current = file;
        sha256 = TreeHasher.sha256();
        bytes = 0;
    }

    private void write(String text) throws IOException {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        zip.write(encoded);
        sha256.update(encoded);
        bytes += encoded.length;
    }

    private void end() throws IOException {
        zip.closeEntry();
        written.add(new Written(current, bytes, sha256.digest()));
    }

    private void whole(PackFile file, String text) throws IOException {
        begin(file);
        write(text);
        end();
    }

    /** Adds an event. */
    public void event(LoggedEvent event) throws IOException {
        if (current != PackFile.EVENTS) {
            throw new IllegalStateException("The events come before the proofs");
        }
        write("{\"position\":" + event.position()
                + ",\"aggregateType\":" + JsonText.of(event.aggregateType())
                + ",\"aggregateId\":" + JsonText.of(event.aggregateId().toString())
                + ",\"sequence\":" + event.sequence()
                + ",\"eventId\":" + JsonText.of(event.eventId().toString())
                + ",\"name\":" + JsonText.of(event.name())
                + ",\"revision\":" + JsonText.of(event.revision())
                + ",\"recordedAt\":" + JsonText.of(moment(event))
                + ",\"commandId\":" + JsonText.of(event.commandId())
                + ",\"payload\":" + JsonText.of(event.payload())
                + ",\"metadata\":" + JsonText.of(event.metadata()) + "}\n");
        events++;
    }

    private static String moment(LoggedEvent event) {
        if (event.recordedAt() == Long.MAX_VALUE) {
            return "infinity";
        }
        return event.recordedAt() == Long.MIN_VALUE
                ? "-infinity"
                : event.recordedAtInstant().toString();
    }

    /**
     * Adds the proof of an event.
     *
     * @param fingerprints of its columns, as they were taken when it was sealed ({@link EventLeaf#FINGERPRINTS} bytes)
     * @param path to the checkpoint's root, the lowest hash first
     */
    public void proof(long position, byte[] fingerprints, List<byte[]> path) throws IOException {
        if (current == PackFile.EVENTS) {
            end();
            begin(PackFile.PROOFS);
        }
        write("{\"position\":" + position
                + ",\"fingerprints\":" + JsonText.base64(fingerprints)
                + ",\"hashes\":" + JsonText.base64(path) + "}\n");
        proofs++;
    }

    /** Writes the rest. */
    public void finish() throws IOException {
        if (events == 0 || events != proofs) {
            throw new IllegalStateException("%d events, %d proofs".formatted(events, proofs));
        }
        end();
        whole(PackFile.CHECKPOINT, note);
        whole(PackFile.KEYS, keys.stream().map(key -> key + "\n").collect(Collectors.joining()));
        whole(PackFile.README, readme());
        whole(PackFile.MANIFEST, manifest());
        zip.finish();
        zip.flush();
    }

    /** Also the stream that it was given; a pack that was not finished is none. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    private String manifest() {
        return """
                {
                  "format": %s,
                  "log": %s,
                  "size": %d,
                  "root": %s,
                  "subject": %s,
                  "events": %d,
                  "files": [
                %s
                  ]
                }
                """.formatted(
                        JsonText.of(PackFile.FORMAT),
                        JsonText.of(checkpoint.origin()),
                        checkpoint.size(),
                        JsonText.of(Base64.getEncoder().encodeToString(checkpoint.root())),
                        subject(),
                        events,
                        written.stream()
                                .map(it -> "    {\"name\": %s, \"bytes\": %d, \"sha256\": \"%s\"}"
                                        .formatted(
                                                JsonText.of(it.file().fileName()),
                                                it.bytes(),
                                                HexFormat.of().formatHex(it.sha256())))
                                .collect(Collectors.joining(",\n")));
    }

    private String subject() {
        return switch (subject) {
            case OfExpense it -> "{\"expenseId\": \"%s\"}".formatted(it.expenseId());
            case OfPeriod it ->
                "{\"ownerId\": \"%s\", \"from\": \"%s\", \"to\": \"%s\"}".formatted(it.ownerId(), it.from(), it.to());
        };
    }

    private String readme() {
        return """
                # Proof pack

                Somebody asked what happened to %s.
                In here is what the log `%s` had about it when its first %,d events were sealed: %,d events.

                ## Check it

                You need Java 21 or newer, the program `audit-verify.jar` (built from the product's source: module
                `audit-verify`), and the public key of the log. No network, no database, nobody's permission.

                    java -jar audit-verify.jar pack THIS-FILE.zip --key 'KEY'

                **Have the key from somewhere else than this pack**: whoever could give you another pack could give you
                another key with it. Without `--key` the key in the pack is used: that finds damage and changed files, not a
                pack that somebody made up with a key of their own.

                | It ends with | and says |
                |---|---|
                | 0 | `Proved`: every event in here is in the log, at its position, with exactly these bytes; and what is `Not proved` |
                | 1 | `VIOLATION`: the first position and field that is not as it was sealed, or the file that is wrong |
                | 2 | it could not be found out. Never read this as proved |

                ## What is in it

                | File | |
                |---|---|
                | `events.ndjson` | one event a line, in the order of positions; `payload` and `metadata` are the stored texts, their UTF-8 bytes are what was sealed |
                | `proofs.ndjson` | a line for each event: its path in the hash tree (RFC 9162 section 2.1.3), and the first four bytes of each column's hash, which tell the column if an event was changed |
                | `checkpoint.txt` | size and root of the tree, signed (c2sp.org/tlog-checkpoint) |
                | `key.pub` | the log's public keys (c2sp.org/signed-note) |
                | `MANIFEST.json` | what the pack is about, and SHA-256 of the other files |

                ## What it proves, and what it does not

                - Every event in here was in the log when the checkpoint was signed, and was not changed since.
                - Of every expense in here nothing was left out before its last event in here.
                - Not that nothing came after that event, nor that no other expense belongs here: a pack from which the last
                  events or whole expenses were taken out is proved as well. That can only be seen in the whole log, by
                  somebody who may read it.
                - This file and `MANIFEST.json` are signed by nobody: believe what the program says, not what they say.

                ## Without the program

                The leaf of an event is `SHA-256(0x00, 0x01, h1, …, h11)`. Each h is the SHA-256 of one column in the order
                of `events.ndjson`: of `0x01` and its bytes, or of `0x00` alone where it is null. Numbers and the time in
                microseconds since 1970 are eight bytes, identifiers sixteen, big-endian. A node of the tree is
                `SHA-256(0x01, left, right)`. The leaf's number is its position less one.
                """.formatted(subject.inWords(), checkpoint.origin(), checkpoint.size(), events);
    }
}
