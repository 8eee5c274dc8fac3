package io.mealexpense.command.sealing;

import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A place outside of the database where checkpoints are kept and, at best, cannot be taken back: whoever rewrites the
 * log has no access to it. Publishing the same again does nothing.
 */
interface CheckpointPublisher extends AutoCloseable {

    /** The last checkpoint published here, as it was signed. */
    Optional<String> latest() throws IOException;

    /** When that was published, by the clock of the place. */
    Optional<Instant> latestAt() throws IOException;

    /** The place for another series of checkpoints, below this one; it is let go of together with this one. */
    CheckpointPublisher below(String series);

    /**
     * Publishes a checkpoint under its size.
     *
     * @param size the events it seals
     * @param note signed
     * @throws SealRefusedException if another one of this size is published
     */
    void publish(long size, String note) throws IOException;

    /** Says that a published checkpoint is the last one; if that is missed, those after it are published again. */
    void publishAsLatest(String note) throws IOException;

    /**
     * Publishes the keys that checkpoints are verified with; others that are there stay.
     *
     * @param keys the oldest first
     * @return whether one of them was missing
     */
    boolean publish(List<VerifierKey> keys) throws IOException;

    /** What is published as keys with these added, absent if none of them is missing there. */
    static Optional<String> withMissing(String published, List<VerifierKey> keys) {
        var missing = keys.stream()
                .map(VerifierKey::toString)
                .filter(key -> published.lines().noneMatch(key::equals))
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(published + String.join("\n", missing) + "\n");
    }

    /** Lets go of connections, where there are any; nothing is published afterwards. */
    @Override
    default void close() {}
}
