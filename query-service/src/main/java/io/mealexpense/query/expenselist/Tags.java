package io.mealexpense.query.expenselist;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The tags in use, by name. */
@Schema(requiredProperties = "items")
record Tags(List<Tag> items) {

    /**
     * A tag with how often it is used.
     *
     * @param count of expenses, the deleted left out
     */
    @Schema(requiredProperties = {"name", "count"})
    record Tag(String name, @Schema(minimum = "1") long count) {}
}
