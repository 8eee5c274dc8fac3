package io.mealexpense.command.sealing;

import io.mealexpense.merkle.Proofs;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log, seals what is new into the tree and publishes signed checkpoints. One instance at a time does so, by
 * an advisory lock; it only reads the log, on a session of its own, so no append ever waits for it. What does not extend
 * what was sealed before is not signed: that is told as an error until it is mended, and appends go on meanwhile. They do
 * not if it is what was published that contradicts the log: then it may be an older copy, and is closed until somebody has
 * declared the recovery. After that sealing goes on under another name, in a place below the former one.
 */
final class LogSealer implements AutoCloseable {

    /** Checkpoints published in one go. */
    private static final int PUBLISHED_AT_ONCE = 500;

    /** What publishing takes of a round in one place; the rest is done in the next rounds, so that sealing goes on. */
    private static final Duration PUBLISHING = Duration.ofSeconds(1);

    /** A place that took nothing is left alone for this many times as long as it took to find out. */
    private static final int RESTS = 5;

    /**
     * After so many intervals it is looked whether a place still has the keys: a write that was given up may arrive
     * late, over a newer one, and without its keys nobody can verify what is there.
     */
    private static final int KEYS_LAST = 30;

    /** What goes wrong is told at once, and again after so long while it lasts. */
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(LogSealer.class);

    private final DataSource dataSource;
    private final SealingKeys keys;
    private final List<Outlet> outlets;
    private final SealingProperties properties;
    private final Thread thread;
    private @Nullable SealSession session;
    private SealingKeys.@Nullable Ring ring;
    private @Nullable SealedTree tree;
    private volatile boolean closed;
    private final Map<String, Long> toldAt = new HashMap<>();
    private boolean troubled;
    private String series = "";
    private boolean notedWhileClosed;
    private final Map<Trouble, LongAdder> troubles = new EnumMap<>(Trouble.class);

    /** What a round can come to instead. */
    enum Trouble {
        /** The log is not what was sealed; only people can mend that. */
        REFUSED,
        /** A database or a place for checkpoints was away. */
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A publisher and how far it is. */
    private static final class Outlet {
        private final CheckpointPublisher root;
        private CheckpointPublisher publisher;
        private Optional<Checkpoint> ahead = Optional.empty();
        private long publishedUpTo;
        private long restsUntil = System.nanoTime();
        private String failure = "";
        private boolean hasKeys;
        private long keysSeenAt;

        Outlet(CheckpointPublisher root) {
            this.root = root;
            this.publisher = root;
        }

        /** The checkpoints of another name go to another place. */
        void turnTo(String series) {
            publisher = place(root, series);
            ahead = Optional.empty();
            publishedUpTo = 0;
        }
    }

    LogSealer(
            DataSource dataSource,
            SealingKeys keys,
            List<CheckpointPublisher> publishers,
            SealingProperties properties) {
        this.dataSource = dataSource;
        this.keys = keys;
        this.outlets = publishers.stream().map(Outlet::new).toList();
        this.properties = properties;
        for (var trouble : Trouble.values()) {
            troubles.put(trouble, new LongAdder());
        }
        this.thread = Thread.ofPlatform().name("log-sealer").daemon().unstarted(this::run);
    }

    void start() {
        if (!properties.enabled()) {
            return;
        }
        if (outlets.isEmpty()) {
            log.warn("Checkpoints of the log are published nowhere: neither MEALS_CHECKPOINT_FOLDER nor"
                    + " MEALS_CHECKPOINT_BUCKET is set");
        }
        lookBeforeAnythingIsAppended();
        thread.start();
    }

    /**
     * Before the service takes its first command, whichever instance seals: an older copy of the log, put back as it
     * was, is known by what was published alone. Where that cannot be reached, the sealer goes on looking.
     */
    void lookBeforeAnythingIsAppended() {
        try (var look = new SealSession(dataSource)) {
            var known = SealingKeys.known(look);
            var place = look.state().series();
            for (var outlet : outlets) {
                var publisher = place(outlet.root, place);
                // what is published first: the log has all of it by then
                var published = published(publisher, known);
                var state = look.state();
                if (published.isEmpty() || state.closed()) {
                    continue;
                }
                try {
                    requireWithin(state.head(), published.get(), publisher);
                    if (published.get().size() <= state.sealed()) {
                        requireSealed(look, published.get(), publisher);
                    }
                } catch (ContradictionException contradiction) {
                    close(look, contradiction);
                }
            }
        } catch (SealRefusedException notOurs) {
            log.debug("The sealer will tell", notOurs);
        } catch (SQLException | IOException | RuntimeException failure) {
            log.warn("What was published of the log could not be looked at; trying again: {}", failure.toString());
        }
    }

    private static CheckpointPublisher place(CheckpointPublisher root, String series) {
        return series.isEmpty() ? root : root.below(series);
    }

    private static void close(SealSession session, ContradictionException contradiction)
            throws SQLException, IOException {
        session.note(
                contradiction.published(), contradiction.place().latestAt().orElse(null), contradiction.getMessage());
    }

    /** How often it came to that since the start. */
    long rounds(Trouble trouble) {
        return Objects.requireNonNull(troubles.get(trouble)).sum();
    }

    private void run() {
        while (!closed) {
            try {
                var more = false;
                troubled = false;
                try {
                    more = round();
                } catch (SealRefusedException refused) {
                    forget();
                    tell("seal", refused.getMessage(), Trouble.REFUSED);
                } catch (SQLException | IOException | RuntimeException failure) {
                    forget();
                    tell(failure.getClass().getName(), failure.toString(), Trouble.FAILED);
                }
                if (!troubled) {
                    toldAt.clear();
                }
                if (!more) {
                    Thread.sleep(properties.interval());
                }
            } catch (InterruptedException stopped) {
                break;
            }
        }
        forget();
    }

    /** @param about what is in trouble; messages about the same may differ each time, by the number of a request */
    private void tell(String about, String message, Trouble trouble) {
        troubled = true;
        Objects.requireNonNull(troubles.get(trouble)).increment();
        var now = System.nanoTime();
        var before = toldAt.get(about);
        if (before != null && now - before < TOLD_AGAIN.toNanos()) {
            return;
        }
        toldAt.put(about, now);
        if (trouble == Trouble.REFUSED) {
            log.error(
                    "The log is not sealed any further, because it is not what was sealed before: {}."
                            + " docs/how-to/verify-the-log.md says what to do",
                    message);
        } else {
            log.warn("The log could not be sealed; trying again every {}: {}", properties.interval(), message);
        }
    }

    /**
     * Seals what is new, up to the most that one checkpoint takes.
     *
     * @return whether there is more to do at once
     */
    boolean round() throws SQLException, IOException {
        if (session == null) {
            session = new SealSession(dataSource);
        }
        if (!session.tryLock()) {
            tree = null;
            return false;
        }
        try {
            return round(session);
        } catch (ContradictionException contradiction) {
            close(session, contradiction);
            throw contradiction;
        }
    }

    private boolean round(SealSession session) throws SQLException, IOException {
        var state = session.state();
        if (!state.series().equals(series)) {
            series = state.series();
            tree = null;
            outlets.forEach(outlet -> outlet.turnTo(series));
        }
        if (state.closed()) {
            tree = null;
            noteWhatWasPublished(session);
            return false;
        }
        notedWhileClosed = false;
        if (tree == null || tree.size() != state.sealed()) {
            tree = load(session, state);
        }
        if (state.head() < tree.size()) {
            throw new SealRefusedException(
                    "it ends at position %d, and %d were sealed".formatted(state.head(), tree.size()));
        }
        for (var outlet : outlets) {
            if (outlet.ahead.isPresent()) {
                requireWithin(state.head(), outlet.ahead.get(), outlet.publisher);
            }
        }
        var more = state.head() > tree.size() && seal(session, state.head());
        return publish(session) || more;
    }

    /** The stored tree, after it was found to be what was signed and published. */
    private SealedTree load(SealSession session, SealSession.State state) throws SQLException, IOException {
        ring = keys.ring(session, series);
        var stored = session.tree(state.sealed());
        if (state.sealed() > 0) {
            var last = session.checkpoint(state.sealed()).orElseThrow();
            requireRoot(stored.root(), last.note());
        }
        for (var outlet : outlets) {
            outlet.ahead = Optional.empty();
            outlet.publishedUpTo = 0;
            var latest = published(outlet.publisher, ring.known());
            if (latest.isPresent()) {
                compare(session, stored, outlet, latest.get());
            }
            outlet.hasKeys = false;
        }
        return stored;
    }

    private static void compare(SealSession session, SealedTree stored, Outlet outlet, Checkpoint published)
            throws SQLException {
        outlet.publishedUpTo = published.size();
        if (published.size() > stored.size()) {
            outlet.ahead = Optional.of(published);
        } else {
            requireSealed(session, published, outlet.publisher);
        }
    }

    /** While the log is closed nothing is sealed; whoever declares the recovery is told what had been. */
    private void noteWhatWasPublished(SealSession session) throws SQLException, IOException {
        if (notedWhileClosed) {
            return;
        }
        var known = SealingKeys.known(session);
        for (var outlet : outlets) {
            try {
                var latest = published(outlet.publisher, known);
                if (latest.isPresent()) {
                    session.note(latest.get(), outlet.publisher.latestAt().orElse(null), null);
                }
            } catch (ContradictionException unknownKey) {
                close(session, unknownKey);
            } catch (SealRefusedException notOurs) {
                tell(outlet.publisher.toString(), Objects.toString(notOurs.getMessage()), Trouble.FAILED);
            }
        }
        notedWhileClosed = true;
    }

    /**
     * The last checkpoint published in a place.
     *
     * @throws ContradictionException if it is of this log, by a key that this log does not have
     * @throws SealRefusedException if it is none of this log
     */
    private static Optional<Checkpoint> published(CheckpointPublisher place, List<VerifierKey> known)
            throws IOException {
        var note = place.latest();
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Checkpoint.open(note.get(), known));
        } catch (InvalidCheckpointException invalid) {
            var message = "the last checkpoint of %s is not ours: %s".formatted(place, invalid.getMessage());
            var ofThisLog = Checkpoint.claimed(note.get())
                    .filter(claimed -> known.stream().anyMatch(key -> key.name().equals(claimed.origin())));
            throw ofThisLog.isPresent()
                    ? new ContradictionException(message, null, place)
                    : new SealRefusedException(message);
        }
    }

    private void requireRoot(byte[] root, String note) {
        try {
            var checkpoint = Checkpoint.open(note, ring().known());
            if (!Arrays.equals(root, checkpoint.root())) {
                throw new SealRefusedException("the first %d events are not those of the checkpoint in the database"
                        .formatted(checkpoint.size()));
            }
        } catch (InvalidCheckpointException invalid) {
            throw new SealRefusedException(
                    "the last checkpoint of the database is not ours: %s".formatted(invalid.getMessage()));
        }
    }

    private static void requireWithin(long head, Checkpoint published, CheckpointPublisher place) {
        if (published.size() > head) {
            throw new ContradictionException(
                    "it ends at position %d, and %d were sealed as published in %s"
                            .formatted(head, published.size(), place),
                    published,
                    place);
        }
    }

    /** A tile that was damaged is no other log: what was signed here decides, where it is of this size. */
    private static void requireSealed(SealSession session, Checkpoint published, CheckpointPublisher place)
            throws SQLException {
        var signed = session.checkpoint(published.size())
                .map(SealSession.Stored::note)
                .flatMap(Checkpoint::claimed);
        if (signed.isPresent()) {
            requirePublishedRoot(signed.get().root(), published, place);
        }
        var root = Proofs.root(session.tiles(), published.size());
        if (signed.isPresent() && !Arrays.equals(root, published.root())) {
            throw new SealRefusedException(
                    "the stored tree is not that of the checkpoint of %d events".formatted(published.size()));
        }
        requirePublishedRoot(root, published, place);
    }

    private static void requirePublishedRoot(byte[] root, Checkpoint published, CheckpointPublisher place) {
        if (!Arrays.equals(root, published.root())) {
            throw new ContradictionException(
                    "the first %d events are not those of the checkpoint in %s".formatted(published.size(), place),
                    published,
                    place);
        }
    }

    /** @return whether the log goes on beyond */
    private boolean seal(SealSession session, long head) throws SQLException {
        var next = tree().copy();
        var upTo = Math.min(head, next.size() + properties.maxEvents());
        for (var outlet : outlets) {
            // what was published and is missing here must come out of the log as it was
            upTo = Math.min(upTo, outlet.ahead.map(Checkpoint::size).orElse(upTo));
        }
        try {
            session.readEvents(next.size(), upTo, next::append);
            if (next.size() != upTo) {
                throw new SealRefusedException("position %d is missing".formatted(next.size() + 1));
            }
            for (var outlet : outlets) {
                if (outlet.ahead.isPresent() && outlet.ahead.get().size() == upTo) {
                    requirePublishedRoot(next.root(), outlet.ahead.get(), outlet.publisher);
                }
            }
            var root = next.root();
            session.write(next.changedTiles(), upTo, root, ring().signer().sign(upTo, root));
            session.commit();
        } catch (SealRefusedException refused) {
            session.rollback();
            throw refused;
        }
        tree = next.copy();
        for (var outlet : outlets) {
            outlet.ahead = outlet.ahead.filter(published -> published.size() > next.size());
        }
        return head > upTo;
    }

    /**
     * After the commit, so that nothing is published that the database does not know; what failed is published later.
     *
     * @return whether a place takes more at once
     */
    private boolean publish(SealSession session) throws SQLException {
        var more = false;
        for (var outlet : outlets) {
            var began = System.nanoTime();
            if (began < outlet.restsUntil) {
                tell(outlet.publisher.toString(), outlet.failure, Trouble.FAILED);
                continue;
            }
            try {
                more |= publish(session, outlet);
            } catch (IOException failure) {
                var now = System.nanoTime();
                outlet.restsUntil = now + RESTS * (now - began);
                outlet.failure = "%s takes no checkpoint: %s".formatted(outlet.publisher, failure);
                tell(outlet.publisher.toString(), outlet.failure, Trouble.FAILED);
            }
        }
        return more;
    }

    private boolean publish(SealSession session, Outlet outlet) throws SQLException, IOException {
        publishKeys(outlet);
        var end = System.nanoTime() + PUBLISHING.toNanos();
        var name = ring().signer().verifierKey().name();
        var checkpoints = session.checkpointsAfter(outlet.publishedUpTo, name, PUBLISHED_AT_ONCE);
        for (var checkpoint : checkpoints) {
            outlet.publisher.publish(checkpoint.size(), checkpoint.note());
            var isLast = checkpoint == checkpoints.getLast();
            if (isLast || System.nanoTime() > end) {
                outlet.publisher.publishAsLatest(checkpoint.note());
                outlet.publishedUpTo = checkpoint.size();
                return !isLast || checkpoints.size() == PUBLISHED_AT_ONCE;
            }
        }
        return false;
    }

    /** Before the checkpoints that they verify, which wait for them. */
    private void publishKeys(Outlet outlet) throws IOException {
        if (outlet.hasKeys
                && System.nanoTime() - outlet.keysSeenAt
                        < properties.interval().multipliedBy(KEYS_LAST).toNanos()) {
            return;
        }
        boolean wereMissing;
        try {
            wereMissing = outlet.publisher.publish(ring().known());
        } catch (IOException failure) {
            throw new IOException(
                    "%s, the keys, comes first: %s".formatted(CheckpointPaths.KEYS, failure.getMessage()), failure);
        }
        if (outlet.hasKeys && wereMissing) {
            log.warn("{} had lost keys that it was given; they are published again", outlet.publisher);
        }
        outlet.hasKeys = true;
        outlet.keysSeenAt = System.nanoTime();
    }

    private SealingKeys.Ring ring() {
        if (ring == null) {
            throw new IllegalStateException("No keys yet");
        }
        return ring;
    }

    private SealedTree tree() {
        if (tree == null) {
            throw new IllegalStateException("No tree yet");
        }
        return tree;
    }

    /** The next round begins from what is stored. */
    private void forget() {
        tree = null;
        if (session != null) {
            try {
                session.close();
            } catch (SQLException failure) {
                log.debug("Closing failed", failure);
            }
            session = null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(5_000);
        forget();
        outlets.forEach(outlet -> outlet.root.close());
    }
}
