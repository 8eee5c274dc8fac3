package io.mealexpense.query.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Total;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of imports, newest first.
 *
 * @param nextCursor continues it; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Imports(
        List<Import> items,
        @Nullable String nextCursor,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    @Schema(name = "ImportState")
    enum State {
        /** It was read to its end. */
        APPLIED,
        /** It is under way, or was cut short; sending the file again finishes it. */
        UNFINISHED,
        /** What it recorded was deleted again. */
        UNDONE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One import.
     *
     * @param fileName what the file was called, where whoever sent it said so
     * @param at when it was last read
     * @param recorded expenses that it brought
     * @param totals of these expenses, as they were recorded
     * @param same rows that were on record already
     * @param refused rows that could not be taken
     * @param deleted expenses that undoing it deleted
     * @param kept expenses that undoing it left alone because they had been changed
     * @param version the number in its ETag; absent while it is unfinished
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(requiredProperties = {"id", "ownerId", "state", "at", "recorded", "totals", "same", "refused"})
    record Import(
            UUID id,
            UUID ownerId,
            State state,
            @Nullable String fileName,
            Instant at,
            @Schema(minimum = "0") long recorded,
            List<Total> totals,
            @Schema(minimum = "0") int same,
            @Schema(minimum = "0") int refused,
            @Nullable Instant undoneAt,

            @Schema(minimum = "0") @Nullable Integer deleted,

            @Schema(minimum = "0") @Nullable Integer kept,

            @Schema(minimum = "0") @Nullable Long version) {}
}
