package io.mealexpense.query.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of rebuilds, newest first.
 *
 * @param nextCursor continues it; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Rebuilds(List<Rebuild> items, @Nullable String nextCursor) {

    /**
     * A rebuild: what was asked for, and how far it is.
     *
     * @param requestedBy an account, or {@code system}
     * @param initial whether it is the first copy of read models that had nothing yet: nobody asked for it, there is
     *     nothing to compare it with, and nothing to decide
     * @param generation of the new copy, absent before it has one
     * @param eventsDone while copying, events copied; afterwards, the position that the new copy is at
     * @param eventsTotal while copying, events to copy; afterwards, the position that the live copy is at
     * @param eventsPerSecond while copying, on average
     * @param secondsLeft until everything is copied, at that rate
     * @param error why it does not go on, absent while it does
     * @param comparisons of the two copies, empty before they were compared
     * @param decisions of operators, oldest first, with what came of them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            requiredProperties = {
                "id",
                "projections",
                "reason",
                "requestedBy",
                "requestedAt",
                "state",
                "initial",
                "eventsDone",
                "eventsTotal",
                "comparisons",
                "decisions"
            })
    record Rebuild(
            UUID id,
            List<String> projections,
            String reason,
            String requestedBy,
            Instant requestedAt,
            RebuildState state,
            boolean initial,
            @Schema(minimum = "1") @Nullable Long generation,
            @Schema(minimum = "0") long eventsDone,
            @Schema(minimum = "0") long eventsTotal,
            @Nullable Double eventsPerSecond,
            @Nullable Long secondsLeft,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String error,
            List<Comparison> comparisons,
            List<Decided> decisions) {}

    /**
     * What an operator decided about a rebuild.
     *
     * @param by who
     * @param outcome whether it was obeyed, or why there was nothing to decide: nothing had been compared yet, the
     *     comparison that was named is none, or it had ended or been decided
     */
    @Schema(
            name = "RebuildDecision",
            requiredProperties = {"act", "by", "at", "outcome"})
    record Decided(
            @Schema(allowableValues = {"swap", "cancel"}) String act,
            String by,
            Instant at,

            @Schema(allowableValues = {"obeyed", "too-early", "no-such-comparison", "too-late"})
            String outcome) {}
}
