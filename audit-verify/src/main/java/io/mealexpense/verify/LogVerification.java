package io.mealexpense.verify;

import io.mealexpense.merkle.GrowingTree;
import io.mealexpense.merkle.ProofCheck;
import io.mealexpense.merkle.Proofs;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.event.EventField;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import io.mealexpense.merkle.note.LogName;
import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log once from its beginning, in batches, and holds it against what was sealed, signed and published. Its
 * memory does not grow with the log.
 *
 * <p>Two trees grow along: one over the events as they are, and, from the first event on that differs from its sealed
 * leaf, one over the sealed leaves. At the next signed checkpoint it shows which of the two is what was signed: whether
 * the event was changed or the tile.
 */
final class LogVerification {

    /** There is nothing that could be held against the log. */
    static final class NothingSealedException extends Exception {
        private static final long serialVersionUID = 1L;

        NothingSealedException(String message) {
            super(message);
        }
    }

    /** A published checkpoint that the database does not have, or not under this name. */
    private record PublishedOnly(Series series, Checkpoint checkpoint) {}

    private static final int BATCH = 2_000;
    private static final int CHECKPOINTS_AT_ONCE = 500;

    /** Published checkpoints that the database does not have and that are looked at closely; more are counted. */
    private static final int MOST_EXTRA = 1_000;

    private final LogDatabase database;
    private final @Nullable PublishedCheckpoints published;
    private final Collection<VerifierKey> keys;
    private final @Nullable TrustedStart trusted;
    private final Findings findings = new Findings();
    private final List<String> remarks = new ArrayList<>();

    private final EventLeaf leaf = new EventLeaf();
    private final StoredLeaves leaves;
    private final ArrayDeque<LogDatabase.StoredCheckpoint> checkpoints = new ArrayDeque<>();
    private final NavigableMap<Long, List<PublishedOnly>> unknownToDatabase = new TreeMap<>();
    private final Set<Long> accepted;
    private List<Recovery> recoveries = List.of();
    private final Map<String, Series> series = new LinkedHashMap<>();

    /** Over the events; null once one is missing. */
    private @Nullable GrowingTree events = new GrowingTree();

    /** Over the sealed leaves, from the first difference on; null before, and where leaves are missing. */
    private @Nullable GrowingTree sealed;

    /** Since the last checkpoint that held. */
    private List<Finding> differences = new ArrayList<>();

    /** The last checkpoint that held: what is wrong later is after it. */
    private long heldUpTo;

    /** Whether neither tree is what was signed, so that later checkpoints say nothing new. */
    private boolean lost;

    private long sealedUpTo;
    private long lastPublished;
    private long position;
    private long eventCount;
    private long checkpointCount;
    private long unpublished;
    private long previousTime = Long.MIN_VALUE;

    /** What would have been needed to call the log clean. */
    private @Nullable String missing;

    /**
     * What came of it.
     *
     * @param events read
     * @param sealedUpTo the last position that a signed checkpoint covers
     * @param checkpoints verified
     * @param missing what would have been needed to call it clean, absent if everything was there
     */
    record Outcome(
            Findings findings,
            long events,
            long lastPosition,
            long sealedUpTo,
            long checkpoints,
            List<String> remarks,
            @Nullable String missing) {}

    /**
     * @param trusted where to begin; null for the beginning
     * @param accepted positions of declared recoveries that are no violation
     */
    LogVerification(
            LogDatabase database,
            @Nullable PublishedCheckpoints published,
            Collection<VerifierKey> keys,
            @Nullable TrustedStart trusted,
            Set<Long> accepted) {
        this.accepted = accepted;
        this.database = database;
        this.published = published;
        this.keys = keys;
        this.trusted = trusted;
        this.leaves = new StoredLeaves(database);
    }

    Outcome run() throws SQLException, IOException, NothingSealedException {
        // what is published first: the database knows of it by then
        findSeries();
        var latest = latestPublished();
        sealedUpTo = lastSigned();
        findPublishedOnly(latest);
        for (var each : series.values()) {
            lastPublished = Math.max(lastPublished, each.latestKept());
        }
        if (sealedUpTo == 0 && lastPublished == 0) {
            if (findings.count() == 0) {
                throw new NothingSealedException("Nothing is sealed: there is no checkpoint.");
            }
            remarks.add("No checkpoint is signed by a key that was given.");
        }
        var bounds = database.bounds();
        checkBounds(bounds);
        if (trusted != null && !begin(trusted, bounds)) {
            return outcome(bounds.last());
        }

        readEvents(bounds.last());
        var end = Math.max(Math.max(bounds.head().orElse(0), bounds.last()), Math.max(sealedUpTo, lastPublished));
        missing(end);
        checkHeadTime();
        for (var wrong : database.wrongSequences(trusted == null ? 0 : trusted.size(), bounds.last(), 20)) {
            findings.add(Finding.at(
                    wrong.position(),
                    EventField.SEQUENCE.column(),
                    "sequence %d, and %d of its aggregate's events are before it"
                            .formatted(wrong.sequence(), wrong.expected())));
        }
        tellRecoveries();
        if (!database.refusesRewriting()) {
            remarks.add("The trigger that refuses rewriting of event_store.domain_event is off or gone.");
        }
        if (unpublished > 0) {
            remarks.add("%,d checkpoints are not published yet, the last one of size %d."
                    .formatted(unpublished, sealedUpTo));
        }
        differences.forEach(findings::add);
        return outcome(bounds.last());
    }

    private Outcome outcome(long last) {
        return new Outcome(findings, eventCount, last, sealedUpTo, checkpointCount, List.copyOf(remarks), missing);
    }

    // --- what is trusted --------------------------------------------------------------------------------------------

    /**
     * Begins after a checkpoint: the stored tree must be the one that it seals, and its last event must be there.
     *
     * @return whether what comes after it can be verified
     */
    private boolean begin(TrustedStart start, LogDatabase.Bounds bounds) throws SQLException {
        remarks.add("Positions 1 to %,d were not read: they are as trustworthy as whoever verified them before."
                .formatted(start.size()));
        if (bounds.last() < start.size()) {
            findings.add(new Finding(
                    bounds.last() + 1,
                    start.size(),
                    EventField.POSITION.column(),
                    "no event is there, although the trusted checkpoint seals them"));
            return false;
        }
        Tiles.Reader tiles = (level, index) -> {
            try {
                return database.tile(level, index)
                        .orElseThrow(() ->
                                new IllegalStateException("tile %d of level %d is missing".formatted(index, level)));
            } catch (SQLException failure) {
                throw new DatabaseFailure(failure);
            }
        };
        try {
            var tree = GrowingTree.restored(start.size(), tiles);
            if (!Arrays.equals(tree.root(), start.root())) {
                findings.add(new Finding(
                        1,
                        start.size(),
                        Finding.TILE,
                        "the sealed tree is not that of the trusted checkpoint: verify the whole log"));
                return false;
            }
            events = tree;
            checkLastTrusted(start, tiles);
        } catch (IllegalStateException missing) {
            findings.add(new Finding(
                    1, start.size(), Finding.TILE, "of the trusted checkpoint's tree " + missing.getMessage()));
            return false;
        }
        position = start.size();
        heldUpTo = start.size();
        return true;
    }

    /** The event that the trusted checkpoint ends with: from its time on times must not run back. */
    private void checkLastTrusted(TrustedStart start, Tiles.Reader tiles) throws SQLException {
        var found = database.events(start.size(), start.size(), 1);
        if (found.isEmpty()) {
            findings.add(Finding.at(
                    start.size(), EventField.POSITION.column(), "no event is there, although one was sealed"));
            return;
        }
        leaf.take(found.getFirst());
        if (ProofCheck.included(
                leaf.hash(),
                start.size() - 1,
                start.size(),
                Proofs.inclusion(tiles, start.size() - 1, start.size()),
                start.root())) {
            previousTime = found.getFirst().recordedAt();
        } else {
            findings.add(
                    leaves.seek(start.size())
                            ? difference(
                                    start.size(),
                                    leaf.differing(leaves.fingerprints(), StoredLeaves.fingerprintsAt(start.size())))
                            : Finding.at(start.size(), Finding.UNKNOWN, "it is not what was sealed"));
        }
    }

    // --- what was signed --------------------------------------------------------------------------------------------

    /**
     * The names that the log had: the first one, one more from every declared recovery on, and those in the folder that it
     * does not know of any more, because the recovery that they began with was lost in a later one.
     */
    private void findSeries() throws SQLException, IOException {
        var folders = published == null ? List.<String>of() : published.series();
        recoveries = database.recoveries();
        var name = "";
        for (var recovery : recoveries) {
            series.put(name, new Series(name, place(name), recovery));
            name = recovery.series();
        }
        series.put(name, new Series(name, place(name), null));
        for (var folder : folders) {
            if (!series.containsKey(folder)) {
                var began = beginningOf(folder);
                var lostBy = recoveries.stream()
                        .filter(recovery -> recovery.lastPosition() < began)
                        .findFirst();
                if (lostBy.isPresent()) {
                    series.put(folder, new Series(folder, place(folder), lostBy.get()));
                } else {
                    findings.add(Finding.at(
                            Math.max(1, began),
                            Finding.CHECKPOINT,
                            "checkpoints are published in %s, and the log knows of no such recovery"
                                    .formatted(folder)));
                }
            }
        }
    }

    private @Nullable PublishedCheckpoints place(String name) throws IOException {
        return published == null || name.isEmpty()
                ? published
                : published.below(name).orElse(null);
    }

    /** The position in its name; one that has none began before everything. */
    private static long beginningOf(String name) {
        var digits = name.replaceFirst("^" + LogName.SINCE + "(\\d{1,18})-.*$", "$1");
        return digits.equals(name) ? 0 : Long.parseLong(digits);
    }

    private List<PublishedOnly> latestPublished() throws SQLException, IOException {
        if (published == null) {
            remarks.add(
                    "Published checkpoints were not looked at: a log that was cut off or put back would not be noticed.");
            return List.of();
        }
        var found = new ArrayList<PublishedOnly>();
        for (var each : series.values()) {
            var note = each.published() == null
                    ? Optional.<String>empty()
                    : each.published().latest();
            if (note.isEmpty()) {
                if (missing == null && (each.name().isEmpty() || database.hasCheckpointsOf(each.name()))) {
                    missing = ("%s has no file 'checkpoint', which is the last one that was published: is it the right"
                                    + " folder, and all of it? Where checkpoints are not published say --without-published.")
                            .formatted(each.name().isEmpty() ? published : published + "/" + each.name());
                }
                continue;
            }
            try {
                var checkpoint = Checkpoint.open(note.get(), keys);
                if (seriesName(checkpoint).equals(each.name())) {
                    each.published(checkpoint.size());
                    found.add(new PublishedOnly(each, checkpoint));
                } else {
                    distrust(each, "it is of another name, " + checkpoint.origin());
                }
            } catch (InvalidCheckpointException invalid) {
                distrust(each, invalid.getMessage());
            }
        }
        return found;
    }

    private void distrust(Series each, String why) {
        findings.add(Finding.at(
                1,
                Finding.CHECKPOINT,
                "the last one published in %s cannot be trusted: %s".formatted(each.published(), why)));
    }

    private static String seriesName(Checkpoint checkpoint) {
        return LogName.parse(checkpoint.origin()).series();
    }

    /** What was lost, by whose word; unless somebody has looked into it, it counts as a violation. */
    private void tellRecoveries() {
        for (var recovery : recoveries) {
            var message = "the log was put back to position %,d by %s. %s"
                    .formatted(recovery.lastPosition(), recovery, lost(recovery));
            if (trusted != null && recovery.position() <= trusted.size()) {
                remarks.add(
                        "Before what was verified now, at position %,d, %s".formatted(recovery.position(), message));
            } else if (accepted.contains(recovery.position())) {
                remarks.add("Accepted: at position %,d, %s".formatted(recovery.position(), message));
            } else {
                findings.add(Finding.at(
                        recovery.position(),
                        Finding.RECOVERY,
                        "%s Whoever has looked into it says --accept-recovery %d."
                                .formatted(message, recovery.position())));
            }
            if (recovery.saysEndsAt() != recovery.lastPosition()) {
                findings.add(Finding.at(
                        recovery.position(),
                        Finding.RECOVERY,
                        "it says that the restored log ended at position %d".formatted(recovery.saysEndsAt())));
            }
        }
        for (var position : accepted) {
            if (recoveries.stream().noneMatch(recovery -> recovery.position() == position)) {
                remarks.add("No recovery was declared at position %,d.".formatted(position));
            }
        }
    }

    private String lost(Recovery recovery) {
        var upTo = 0L;
        for (var each : series.values()) {
            if (each.endedBy() == recovery) {
                upTo = Math.max(upTo, each.latest());
            }
        }
        var declared = recovery.publishedSize() == null ? 0 : recovery.publishedSize();
        if (published != null && declared > upTo) {
            findings.add(Finding.at(
                    declared,
                    Finding.CHECKPOINT,
                    "one of this size was published when the recovery at position %d was declared, and those that are there end at %d"
                            .formatted(recovery.position(), upTo)));
        }
        var known = Math.max(upTo, declared);
        if (known > recovery.lastPosition()) {
            return "Positions %,d to %,d, which had been sealed, are lost.".formatted(recovery.position(), known);
        }
        return published == null
                ? "What had been sealed beyond it is not known without the published checkpoints."
                : "Nothing that had been sealed and published is lost.";
    }

    /** The size of the last checkpoint in the database with a good signature; sizes that nobody signed are not believed. */
    private long lastSigned() throws SQLException {
        var row = database.checkpointBefore(Long.MAX_VALUE);
        while (row.isPresent()) {
            try {
                var checkpoint = Checkpoint.open(row.get().note(), keys);
                if (checkpoint.size() == row.get().size()) {
                    return row.get().size();
                }
                tellCheckpoint(row.get().size(), "the note in the database is of another size");
            } catch (InvalidCheckpointException invalid) {
                tellCheckpoint(row.get().size(), "the note in the database cannot be trusted: " + invalid.getMessage());
            }
            row = database.checkpointBefore(row.get().size());
        }
        return 0;
    }

    private void findPublishedOnly(List<PublishedOnly> latest) throws SQLException, IOException {
        for (var each : series.values()) {
            each.stored(database.lastCheckpointOf(each.name()));
        }
        for (var only : latest) {
            var size = only.checkpoint().size();
            if (size <= only.series().upTo() && !isStored(only.series(), size)) {
                remember(only);
            }
        }
        for (var each : series.values()) {
            if (each.published() != null) {
                findPublishedOnly(each, each.published());
            }
        }
    }

    private void findPublishedOnly(Series each, PublishedCheckpoints folder) throws SQLException, IOException {
        var unreadable = new ArrayList<SQLException>();
        folder.eachSize(size -> {
            try {
                if (trusted != null && size <= trusted.size()) {
                    return;
                }
                if (size > each.upTo()) { // lost; how many is told by the last one
                    openPublished(each, size, folder.ofSize(size).orElse("")).ifPresent(it -> each.published(size));
                    return;
                }
                if (unknownToDatabase.size() >= MOST_EXTRA || isStored(each, size) && size <= sealedUpTo) {
                    return; // compared when its turn comes
                }
                var note = folder.ofSize(size);
                if (note.isPresent() && !note.equals(database.note(size))) {
                    openPublished(each, size, note.get()).ifPresent(checkpoint -> {
                        each.published(size);
                        remember(new PublishedOnly(each, checkpoint));
                    });
                }
            } catch (SQLException failure) {
                unreadable.add(failure);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        if (!unreadable.isEmpty()) {
            throw unreadable.getFirst();
        }
    }

    /** Under this name. */
    private boolean isStored(Series each, long size) throws SQLException {
        return database.note(size)
                .flatMap(Checkpoint::claimed)
                .filter(checkpoint -> seriesName(checkpoint).equals(each.name()))
                .isPresent();
    }

    private void remember(PublishedOnly only) {
        var known = unknownToDatabase.computeIfAbsent(only.checkpoint().size(), size -> new ArrayList<>());
        if (!known.contains(only)) {
            known.add(only);
        }
    }

    private Optional<Checkpoint> openPublished(Series each, long size, String note) {
        try {
            var checkpoint = Checkpoint.open(note, keys);
            if (checkpoint.size() == size && seriesName(checkpoint).equals(each.name())) {
                return Optional.of(checkpoint);
            }
            findings.add(Finding.at(
                    size,
                    Finding.CHECKPOINT,
                    "the one published as %d is of size %d of %s"
                            .formatted(size, checkpoint.size(), checkpoint.origin())));
        } catch (InvalidCheckpointException invalid) {
            findings.add(Finding.at(
                    size,
                    Finding.CHECKPOINT,
                    "one of this size is published that the database does not have, and " + invalid.getMessage()));
        }
        return Optional.empty();
    }

    private void checkBounds(LogDatabase.Bounds bounds) {
        if (trusted != null) {
            if (bounds.first().orElse(1) < 1) {
                findings.add(Finding.at(
                        bounds.first().orElseThrow(), EventField.POSITION.column(), "positions begin with 1"));
            }
        } else if (bounds.first().isPresent() && bounds.first().getAsLong() < 1) {
            position = bounds.first().getAsLong() - 1;
        }
        if (bounds.head().isEmpty()) {
            findings.add(Finding.at(bounds.last() + 1, Finding.HEAD, "the head row is missing"));
        } else if (bounds.head().getAsLong() < bounds.last()) {
            findings.add(Finding.at(
                    bounds.head().getAsLong() + 1,
                    Finding.HEAD,
                    "the head row says that the log ends at %d"
                            .formatted(bounds.head().getAsLong())));
        }
    }

    private void checkHeadTime() throws SQLException {
        var at = database.headTime();
        if (at.isPresent() && previousTime != Long.MIN_VALUE && at.getAsLong() < previousTime) {
            findings.add(Finding.at(position, Finding.HEAD, "the head row's time is before that of the last event"));
        }
    }

    // --- event by event ---------------------------------------------------------------------------------------------

    /**
     * The next batch is read while one is looked at. Each begins with the last event of the one before, so that a second
     * one at its position is seen.
     */
    private void readEvents(long last) throws SQLException, IOException {
        try (var reader = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("reader").daemon().factory())) {
            var known = 0;
            var first = position + 1;
            var next = reader.submit(() -> database.events(first, last, BATCH));
            while (true) {
                var batch = result(next);
                var full = batch.size() == BATCH;
                if (full) {
                    next = reader.submit(() -> database.events(batch.getLast().position(), last, BATCH));
                }
                for (var event : batch.subList(Math.min(known, batch.size()), batch.size())) {
                    take(event);
                }
                if (!full) {
                    return;
                }
                known = 1;
            }
        }
    }

    private static List<LoggedEvent> result(Future<List<LoggedEvent>> batch) throws SQLException {
        try {
            return batch.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void take(LoggedEvent event) throws SQLException, IOException {
        eventCount++;
        if (event.position() < 1) {
            findings.add(Finding.at(event.position(), EventField.POSITION.column(), "positions begin with 1"));
            position = event.position();
            return;
        }
        position = Math.max(position, 0);
        if (event.position() <= position) {
            findings.add(Finding.at(event.position(), EventField.POSITION.column(), "it is there more than once"));
            return;
        }
        missing(event.position() - 1);
        position = event.position();
        leaf.take(event);
        var asSealed = position <= Math.max(sealedUpTo, lastPublished) ? compare() : checkForm(event);
        if (asSealed) {
            checkTime(event);
        }
        checkpoint();
    }

    /** Positions up to this one that have no event. */
    private void missing(long upTo) throws SQLException, IOException {
        if (upTo <= position) {
            return;
        }
        var first = position + 1;
        var what = first > sealedUpTo
                ? "no event is there, although %s"
                        .formatted(first <= lastPublished ? "one was sealed as published" : "the log goes on")
                : "no event is there, although one was sealed";
        differences.add(new Finding(first, upTo, EventField.POSITION.column(), what));
        do {
            sealedLeaves();
            events = null;
            if (position >= Math.max(sealedUpTo, lastPublished)) {
                break;
            }
            position++;
            appendSealed();
            checkpoint();
        } while (position < upTo);
        position = upTo;
    }

    /** @return whether the event is the one that was sealed */
    private boolean compare() throws SQLException {
        var hash = leaf.hash();
        var asSealed = true;
        if (position <= sealedUpTo) {
            if (!leaves.seek(position)) {
                differences.add(Finding.at(position, Finding.TILE, "its leaf is missing in seal.tile"));
                sealed = null;
            } else if (!leaves.matches(position, hash)) {
                asSealed = false;
                sealedLeaves();
                differences.add(difference(
                        position, leaf.differing(leaves.fingerprints(), StoredLeaves.fingerprintsAt(position))));
            } else {
                var fields = leaf.differing(leaves.fingerprints(), StoredLeaves.fingerprintsAt(position));
                if (!fields.isEmpty()) {
                    differences.add(
                            Finding.at(position, columns(fields), "it is not the event whose fingerprints were taken"));
                }
            }
        }
        if (sealed != null) {
            appendSealed();
        }
        if (events != null) {
            events.append(hash, this::checkTile);
        }
        return asSealed;
    }

    private static Finding difference(long position, Set<EventField> fields) {
        var what =
                fields.contains(EventField.EVENT_ID) ? "another event was sealed there" : "it is not what was sealed";
        return Finding.at(position, fields.isEmpty() ? Finding.UNKNOWN : columns(fields), what);
    }

    private static String columns(Set<EventField> fields) {
        return fields.stream().map(EventField::column).collect(Collectors.joining(", "));
    }

    /** From here on the sealed leaves have a tree of their own, which begins like that of the events. */
    private void sealedLeaves() {
        if (sealed == null && events != null) {
            sealed = events.copy();
        }
    }

    private void appendSealed() throws SQLException {
        if (sealed != null) {
            if (position <= sealedUpTo && leaves.seek(position)) {
                sealed.append(leaves.hash(position), (level, index, hashes) -> {});
            } else {
                sealed = null;
            }
        }
    }

    /** An event that is not sealed yet. */
    private boolean checkForm(LoggedEvent event) {
        if (event.sequence() < 0) {
            findings.add(Finding.at(position, EventField.SEQUENCE.column(), "it is negative"));
        }
        if (event.recordedAt() == Long.MAX_VALUE || event.recordedAt() == Long.MIN_VALUE) {
            findings.add(Finding.at(position, EventField.RECORDED_AT.column(), "it is no moment"));
            return false;
        }
        for (var field : List.of(EventField.AGGREGATE_TYPE, EventField.NAME, EventField.REVISION)) {
            var bytes = event.bytes(field);
            if (bytes == null || bytes.length == 0) {
                findings.add(Finding.at(position, field.column(), "it is empty"));
            }
        }
        return true;
    }

    private void checkTime(LoggedEvent event) {
        if (event.recordedAt() < previousTime) {
            findings.add(
                    Finding.at(position, EventField.RECORDED_AT.column(), "it is before that of the event before"));
        } else {
            previousTime = event.recordedAt();
        }
    }

    /** Tiles above the leaves; those are compared one by one. */
    private void checkTile(int level, long index, byte[] hashes) {
        if (level == 0 || lost || sealed != null || (index + 1) << (8 * (level + 1)) > sealedUpTo) {
            return;
        }
        try {
            requireTile(level, index, hashes);
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private void requireTile(int level, long index, byte[] hashes) throws SQLException {
        var stored = database.tile(level, index);
        if (stored.isEmpty()
                || stored.get().length < hashes.length
                || !Arrays.equals(stored.get(), 0, hashes.length, hashes, 0, hashes.length)) {
            var width = 1L << (8 * level);
            var first = index * Tiles.WIDTH * width + 1;
            findings.add(new Finding(
                    first,
                    first + hashes.length / TreeHasher.SIZE * width - 1,
                    Finding.TILE,
                    "tile %d of level %d %s".formatted(index, level, stored.isEmpty() ? "is missing" : "is wrong")));
        }
    }

    /** Carries a failure through the tree, which knows no databases. */
    static final class DatabaseFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseFailure(SQLException cause) {
            super(cause);
        }
    }

    // --- checkpoint by checkpoint -----------------------------------------------------------------------------------

    /** Those of the size reached. */
    private void checkpoint() throws SQLException, IOException {
        var unknown = unknownToDatabase.remove(position);
        for (var only : unknown == null ? List.<PublishedOnly>of() : unknown) {
            // what was sealed after the backup was taken, of what it has, was published and is not in it
            if (only.series().endedBy() == null || position <= only.series().lastStored()) {
                findings.add(Finding.at(
                        position, Finding.CHECKPOINT, "one of this size is published that the database does not have"));
            }
            hold(only.checkpoint().root());
        }
        if (position > sealedUpTo) {
            return;
        }
        if (checkpoints.isEmpty()) {
            checkpoints.addAll(database.checkpointsAfter(position - 1, CHECKPOINTS_AT_ONCE));
        }
        var next = checkpoints.peek();
        if (next == null || next.size() > position) {
            return;
        }
        checkpoints.remove();
        checkpointCount++;
        signedRoot(next).ifPresent(this::hold);
        if (position == sealedUpTo && events != null && sealed == null && !lost) {
            for (var partial : events.partialTiles()) {
                if (partial.level() > 0) {
                    requireTile(partial.level(), partial.index(), partial.hashes());
                }
            }
        }
    }

    /** What was signed about this size; what is wrong with the checkpoint itself is told. */
    private Optional<byte[]> signedRoot(LogDatabase.StoredCheckpoint stored) throws IOException {
        Optional<byte[]> root = Optional.empty();
        var of = Checkpoint.claimed(stored.note())
                .map(checkpoint -> series.get(seriesName(checkpoint)))
                .orElse(null);
        try {
            var checkpoint = Checkpoint.open(stored.note(), keys);
            if (of == null) {
                tellCheckpoint(stored.size(), "its name is that of a recovery that is not in the log");
            } else if (stored.size() > of.upTo()) {
                tellCheckpoint(stored.size(), "its name is one that ended at position %d".formatted(of.upTo()));
            }
            if (checkpoint.size() != stored.size()) {
                tellCheckpoint(stored.size(), "the note in the database is of size " + checkpoint.size());
            } else {
                root = Optional.of(checkpoint.root());
                if (!Arrays.equals(checkpoint.root(), stored.root())) {
                    tellCheckpoint(stored.size(), "its root in the database is not the one that was signed");
                }
            }
        } catch (InvalidCheckpointException invalid) {
            tellCheckpoint(stored.size(), "the note in the database cannot be trusted: " + invalid.getMessage());
        }
        if (published == null || of == null) {
            return root;
        }
        var copy = of.publishedOfSize(stored.size());
        if (copy.isEmpty()) {
            if (stored.size() < of.latest()) {
                tellCheckpoint(stored.size(), "it is not published, although later ones are");
            } else if (stored.size() > of.latest()) {
                unpublished++;
            }
            return root;
        }
        if (copy.get().equals(stored.note())) {
            return root;
        }
        tellCheckpoint(stored.size(), "the published one is another than that in the database");
        try {
            var checkpoint = Checkpoint.open(copy.get(), keys);
            return checkpoint.size() == stored.size() ? Optional.of(checkpoint.root()) : root;
        } catch (InvalidCheckpointException invalid) {
            tellCheckpoint(stored.size(), "the published one cannot be trusted: " + invalid.getMessage());
            return root;
        }
    }

    private void tellCheckpoint(long size, String message) {
        findings.add(Finding.at(size, Finding.CHECKPOINT, message));
    }

    /** Holds both trees against what was signed. */
    private void hold(byte[] signed) {
        if (lost || events == null && sealed == null) {
            differences.forEach(findings::add);
            differences = new ArrayList<>();
            lost = true;
            return;
        }
        var eventsHold = events != null && Arrays.equals(events.root(), signed);
        var sealedHold = sealed != null && Arrays.equals(sealed.root(), signed);
        if (eventsHold) {
            // then it is the seal that was touched
            differences.forEach(it -> findings.add(new Finding(
                    it.position(), it.upTo(), Finding.TILE, "the seal was changed there, the event was not")));
            sealed = null;
        } else if (sealedHold) {
            differences.forEach(findings::add);
            events = sealed;
            sealed = null;
        } else {
            findings.add(new Finding(
                    heldUpTo + 1,
                    position,
                    Finding.UNKNOWN,
                    "the events are not those that were signed, and the leaves in the database were changed too"));
            differences.forEach(findings::add);
            lost = true;
        }
        differences = new ArrayList<>();
        if (!lost) {
            heldUpTo = position;
        }
    }
}
