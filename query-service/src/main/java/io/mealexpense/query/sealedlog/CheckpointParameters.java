package io.mealexpense.query.sealedlog;

import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** Which page of checkpoints. */
record CheckpointParameters(
        @Parameter(description = "`nextCursor` of the page before") @Nullable
        String cursor,

        @Min(1)
        @Max(200)
        @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "50"))
        @Nullable
        Integer limit)
        implements QueryParameters {

    int pageSize() {
        return limit == null ? 50 : limit;
    }
}
