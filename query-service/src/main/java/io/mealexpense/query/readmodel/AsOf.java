package io.mealexpense.query.readmodel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moment of the past that an answer is about.
 *
 * @param position the last one that was recorded by then; it never changes, and so the answer does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"instant", "position"})
public record AsOf(
        @Schema(description = "As asked for") Instant instant,

        @Schema(minimum = "0", description = "Of the last event that was recorded by then; 0 before the first")
        long position,

        @Schema(description = "When that event was recorded; absent before the first") @Nullable
        Instant recordedAt) {

    /** What {@code asOf} means in every answer that can have it. */
    public static final String ANSWERED = "The moment of the past that the answer is about; absent for the present";
}
