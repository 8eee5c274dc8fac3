package io.mealexpense.query.categories;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Categories by name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Categories(
        List<Category> items,

        @Schema(description = AsOf.ANSWERED) @Nullable AsOf asOf,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * A category; archived ones are offered no more but keep their expenses.
     *
     * @param version the number in its ETag
     */
    @Schema(requiredProperties = {"id", "ownerId", "name", "colour", "icon", "archived", "version"})
    record Category(
            UUID id,
            UUID ownerId,
            String name,

            @Schema(pattern = "^#[0-9A-Fa-f]{6}$", example = "#C2410C")
            String colour,

            @Schema(description = "Name of a Tabler icon", example = "tools-kitchen-2")
            String icon,

            boolean archived,
            @Schema(minimum = "0") long version) {}
}
