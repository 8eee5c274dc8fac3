package io.mealexpense.command.sealing;

import io.mealexpense.merkle.note.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * What was published of this log outside of the database contradicts it: the log was put back to an older copy, or
 * rewritten. Nothing more is appended either, until a recovery is declared.
 */
final class ContradictionException extends SealRefusedException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Checkpoint published;
    private final transient CheckpointPublisher place;

    /** @param published absent if nobody knows who signed it */
    ContradictionException(String message, @Nullable Checkpoint published, CheckpointPublisher place) {
        super(message);
        this.published = published;
        this.place = place;
    }

    @Nullable
    Checkpoint published() {
        return published;
    }

    CheckpointPublisher place() {
        return place;
    }
}
