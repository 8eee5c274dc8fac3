package io.mealexpense.query.imports;

import io.mealexpense.events.ImportApplied;
import io.mealexpense.events.ImportEvent;
import io.mealexpense.events.ImportUndone;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the import of a file did as a whole.
 *
 * @param appliedAt when the file was last read to its end
 * @param same rows that were on record already, of the last reading
 * @param refused rows that could not be taken, of the last reading
 * @param undone whether it is, unless the file brought something again since
 * @param deleted expenses that its undoings deleted, in all
 * @param kept expenses that the last undoing left alone
 */
record ImportRow(
        UUID importId,
        UUID ownerId,
        long sequence,
        @Nullable String fileName,
        @Nullable Instant appliedAt,
        int same,
        int refused,
        boolean undone,
        @Nullable Instant undoneAt,
        int deleted,
        int kept)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return importId;
    }

    static ImportRow after(@Nullable ImportRow before, Fact<ImportEvent> fact) {
        return switch (fact.event()) {
            case ImportApplied event ->
                new ImportRow(
                        event.importId(),
                        event.ownerId(),
                        fact.sequence(),
                        event.fileName() == null && before != null ? before.fileName : event.fileName(),
                        fact.at(),
                        event.same(),
                        event.refused(),
                        before != null && before.undone && event.recorded() == 0,
                        before == null ? null : before.undoneAt,
                        before == null ? 0 : before.deleted,
                        before == null ? 0 : before.kept);
            case ImportUndone event ->
                new ImportRow(
                        event.importId(),
                        event.ownerId(),
                        fact.sequence(),
                        before == null ? null : before.fileName,
                        before == null ? null : before.appliedAt,
                        before == null ? 0 : before.same,
                        before == null ? 0 : before.refused,
                        true,
                        fact.at(),
                        (before == null ? 0 : before.deleted) + event.deleted(),
                        event.kept());
        };
    }
}
