package io.mealexpense.query.web;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The only parameter of reads that just ask whose. */
public record OwnerParameters(
        @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
        UUID ownerId)
        implements QueryParameters {}
