package io.mealexpense.query.rebuild;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a projection's two copies are at one position of the log.
 *
 * @param rows of the new copy, in all tables
 * @param checksum of the new copy: equal copies have equal ones
 * @param tables those that differ
 */
@Schema(
        name = "RebuildComparison",
        requiredProperties = {"projection", "position", "equal", "rows", "checksum", "tables"})
record Comparison(
        String projection,
        @Schema(minimum = "0") long position,
        boolean equal,
        @Schema(minimum = "0") long rows,
        @Schema(example = "9f2c4e7a1b3d5f60") String checksum,
        List<Table> tables) {

    /**
     * How a table differs. Keys and names of columns only: what members wrote is no operator's business.
     *
     * @param onlyLive rows that the new copy does not have
     * @param onlyRebuilt rows that the live copy does not have
     * @param different rows that both have, with other content
     */
    @Schema(
            name = "RebuildTableDifference",
            requiredProperties = {"table", "onlyLive", "onlyRebuilt", "different", "examples"})
    record Table(
            String table,
            @Schema(minimum = "0") long onlyLive,
            @Schema(minimum = "0") long onlyRebuilt,
            @Schema(minimum = "0") long different,
            List<Example> examples) {}

    /** One row that differs. */
    @Schema(
            name = "RebuildDifferenceExample",
            requiredProperties = {"key", "side", "columns"})
    record Example(
            @Schema(description = "What tells the row from others")
            Map<String, @Nullable String> key,

            @Schema(allowableValues = {"live", "rebuilt", "both"})
            String side,

            @ArraySchema(arraySchema = @Schema(description = "That differ, where both have the row"))
            List<String> columns) {}
}
