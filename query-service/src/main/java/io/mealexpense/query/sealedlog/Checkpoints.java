package io.mealexpense.query.sealedlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of checkpoints, the last first.
 *
 * @param nextCursor continues it; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Checkpoints(List<Checkpoint> items, @Nullable String nextCursor) {

    /**
     * What was signed about the log once.
     *
     * @param size events sealed: positions 1 up to this
     * @param note signed (C2SP tlog-checkpoint), word for word as published
     */
    @Schema(
            name = "Checkpoint",
            requiredProperties = {"size", "root", "note", "sealedAt"})
    record Checkpoint(
            @Schema(minimum = "1", description = "Events sealed: positions 1 up to this")
            long size,

            @Schema(description = "Root of the hash tree over them (RFC 9162), base64")
            String root,

            @Schema(description = "Signed (c2sp.org/tlog-checkpoint), word for word as published")
            String note,

            @Schema(description = "By the database's clock; it is no part of what is signed")
            Instant sealedAt) {}
}
