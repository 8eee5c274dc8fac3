package io.mealexpense.query.sealedlog;

import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** In which sealed log an event is proved to be. */
record InclusionParameters(
        @Min(1) @Parameter(description = "Size of a checkpoint; the last one if it is not given") @Nullable
        Long size) implements QueryParameters {}
