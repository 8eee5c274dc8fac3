package io.mealexpense.query.projections;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far every read model has come. */
@Schema(requiredProperties = "items")
record Projections(List<Status> items) {

    /** What a projection is doing. */
    @Schema(name = "ProjectionState", enumAsRef = true)
    enum State {
        /** It is where the log is, or about to be. */
        RUNNING,
        /** It moves, but is seconds or more behind. */
        CATCHING_UP,
        /** It stands at an event that it cannot project, and tries again. */
        FAILED,
        /** No instance projects it. */
        STOPPED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How far a read model has come.
     *
     * @param instance the process that projects it, {@code <process id>@<host>}; absent if none does
     * @param rebuildable whether it keeps tables that can be made anew; the one that notes what operators ask for does not
     * @param generation which copy of its tables is live; every swap of a rebuild brings a higher one
     * @param position last place of the log that its rows contain
     * @param head last place of the log
     * @param lagEvents how many events that is
     * @param lagSeconds how long the oldest of them has been waiting
     * @param deadLetters events put aside, those left out that were discarded
     * @param discardedLetters events put aside that an operator wants to hear no more of
     * @param error why it stands still, absent while it does not
     * @param rebuild the one asked for or under way, absent if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ProjectionStatus",
            requiredProperties = {
                "name",
                "state",
                "rebuildable",
                "generation",
                "position",
                "head",
                "lagEvents",
                "lagSeconds",
                "deadLetters",
                "discardedLetters"
            })
    record Status(
            @Schema(example = "monthly-report") String name,
            State state,

            @Schema(example = "4711@query-service-1") @Nullable
            String instance,

            boolean rebuildable,
            @Schema(minimum = "0") long generation,
            @Schema(minimum = "0") long position,
            @Schema(minimum = "0") long head,
            @Schema(minimum = "0") long lagEvents,
            @Schema(minimum = "0") double lagSeconds,
            @Schema(minimum = "0") long deadLetters,
            @Schema(minimum = "0") long discardedLetters,
            @Nullable String error,
            @Nullable Rebuild rebuild) {}

    /** The rebuild that a projection is in. */
    @Schema(
            name = "ProjectionRebuildReference",
            requiredProperties = {"id", "state"})
    record Rebuild(
            UUID id,

            @Schema(
                    allowableValues = {
                        "requested",
                        "copying",
                        "indexing",
                        "catching-up",
                        "comparing",
                        "differs",
                        "swapping"
                    })
            String state) {

        static @Nullable Rebuild of(@Nullable UUID id, @Nullable String state) {
            return id == null || state == null ? null : new Rebuild(id, state);
        }
    }
}
