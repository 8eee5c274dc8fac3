package io.mealexpense.query.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A category to filter by.
 *
 * @param id absent for the uncategorised
 */
public record CategoryChoice(@Nullable UUID id) {

    static final String NONE = "none";

    public static CategoryChoice none() {
        return new CategoryChoice(null);
    }
}
