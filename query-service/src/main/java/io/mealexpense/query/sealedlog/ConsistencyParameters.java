package io.mealexpense.query.sealedlog;

import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.function.BiConsumer;

/** Which two checkpoints are held against each other. */
record ConsistencyParameters(
        @NotNull @Min(1) @Parameter(required = true, description = "Size of the earlier checkpoint")
        Long from,

        @NotNull @Min(1) @Parameter(required = true, description = "Size of the later checkpoint")
        Long to)
        implements QueryParameters {

    @Override
    public void check(BiConsumer<String, String> refuse) {
        if (from > to) {
            refuse.accept("from", "is more than to");
        }
    }
}
