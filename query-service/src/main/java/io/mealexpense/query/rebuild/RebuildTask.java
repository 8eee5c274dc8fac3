package io.mealexpense.query.rebuild;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild as the instance sees it that works on it.
 *
 * @param initial whether it is the first copy of read models that had nothing yet
 * @param generation of the new copy, 0 before it has one
 * @param upTo position up to which the log is copied in the order of aggregates
 * @param after the last aggregate whose rows are copied, absent before the first
 */
record RebuildTask(
        UUID id,
        List<String> projections,
        RebuildState state,
        Optional<Decision> decision,
        boolean initial,
        long generation,
        long upTo,
        @Nullable UUID after,
        long eventsDone) {

    /** What an operator decided. */
    enum Decision {
        SWAP,
        CANCEL
    }

    String schema() {
        return "read_model_" + generation;
    }

    /** The name of the token of a copy that is being built. */
    String token(String projection) {
        return projection + "@" + generation;
    }
}
