package io.mealexpense.query.projections;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events that a projection could not take, oldest first.
 *
 * @param more true if there are more than these, absent otherwise
 * @param acts what operators did about such events last, newest first, with what came of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"items", "acts"})
record DeadLetterList(List<Letter> items, @Nullable Boolean more, List<Act> acts) {

    /**
     * What an operator did about the dead letters of a subject.
     *
     * @param position in the log
     * @param by who
     * @param outcome what came of it; nothing if there was no dead letter of the subject, or none left to discard
     */
    @Schema(
            name = "DeadLetterAct",
            requiredProperties = {"position", "act", "subjectId", "by", "at", "outcome"})
    record Act(
            @Schema(minimum = "1") long position,
            @Schema(allowableValues = {"retry", "discard"}) String act,
            UUID subjectId,
            String by,
            Instant at,

            @Schema(allowableValues = {"taken", "failed-again", "discarded", "nothing"})
            String outcome) {}

    /**
     * An event put aside. Its content is nobody's business here; the log keeps it.
     *
     * @param position in the log
     * @param subjectId the aggregate; retries and discards are per subject
     * @param sequence of the subject's events, first 0
     * @param error why it was not taken
     * @param retries how often it was tried in vain since
     * @param discardedAt since when it is left out without further notice, absent if it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "DeadLetter",
            requiredProperties = {
                "position",
                "subjectType",
                "subjectId",
                "sequence",
                "event",
                "recordedAt",
                "parkedAt",
                "error",
                "retries"
            })
    record Letter(
            @Schema(minimum = "1") long position,
            @Schema(example = "MealExpense") String subjectType,
            UUID subjectId,
            @Schema(minimum = "0") long sequence,
            @Schema(example = "MealExpenseAmended") String event,
            Instant recordedAt,
            Instant parkedAt,
            String error,
            @Schema(minimum = "0") int retries,
            @Nullable Instant discardedAt) {}
}
