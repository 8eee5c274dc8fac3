package io.mealexpense.query.logstate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has to see before they declare a recovery.
 *
 * @param closed whether there is one to declare
 * @param why {@code other-cluster}: it is in another database cluster than it was appended to, as after restoring a dump;
 *     {@code other-timeline}: its cluster was recovered to a point in time, or a replica was promoted; {@code published}:
 *     a published checkpoint contradicts it, as after an older copy was put back; {@code unknown}: the row that tells
 *     which cluster it belongs to is lost; absent while it is open
 * @param position where it ends
 * @param at the time of its last event, absent if it has none
 * @param published the last checkpoint that was found published since the log was closed; absent if none was, or the
 *     place could not be reached
 * @param lost how many events that were sealed and published are not in the log any more; events that were recorded in
 *     the last seconds before are not counted, because nobody knows of them
 * @param contradiction how what was published contradicts the log, where it does
 * @param declaredAt position of the last declaration of a recovery, absent if there was never one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"closed", "position", "lost"})
record RestoredLog(
        boolean closed,

        @Schema(allowableValues = {"other-cluster", "other-timeline", "published", "unknown"}) @Nullable
        String why,

        long position,
        @Nullable Instant at,
        @Nullable Published published,
        long lost,
        @Nullable String contradiction,
        @Nullable Long declaredAt) {

    /**
     * A checkpoint outside of the database.
     *
     * @param size events that it seals
     * @param at when it was published, by the clock of where it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PublishedCheckpoint", requiredProperties = "size")
    record Published(long size, @Nullable Instant at) {}
}
