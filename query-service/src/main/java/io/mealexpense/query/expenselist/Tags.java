package io.mealexpense.query.expenselist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags in use, by name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record Tags(
        List<Tag> items,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * A tag with how often it is used.
     *
     * @param count of expenses, the deleted left out
     */
    @Schema(requiredProperties = {"name", "count"})
    record Tag(String name, @Schema(minimum = "1") long count) {}
}
