package io.mealexpense.query.audittrail;

import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which events an auditor asks for. */
record AuditParameters(
        @Parameter(description = "Who did it: an account's id, or `system`") @Nullable
        String actorId,

        @Parameter(description = "What it was about, any of these: an expense, category, account or import")
        @Size(max = AuditParameters.SUBJECTS)
        Set<UUID> subjectId,

        @Parameter(description = "Whose it was") @Nullable UUID ownerId,

        @Parameter(description = "Any of these events", example = "MealExpenseAmended")
        Set<String> type,

        @Parameter(description = "First moment, inclusive") @Nullable
        Instant from,

        @Parameter(description = "Last moment, inclusive") @Nullable
        Instant to,

        @Parameter(description = "The request that caused it") @Nullable
        String requestId,

        @Parameter(description = "The conversation it belongs to") @Nullable
        String correlationId,

        @Parameter(description = "`nextCursor` of the page before, with the same filter") @Nullable
        String cursor,

        @Min(1)
        @Max(200)
        @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "50"))
        @Nullable
        Integer limit)
        implements QueryParameters {

    /** As many as a request line can carry. */
    static final int SUBJECTS = 100;

    AuditFilter filter() {
        return new AuditFilter(actorId, subjectId, ownerId, type, from, to, requestId, correlationId);
    }

    @Override
    public void check(BiConsumer<String, String> refuse) {
        filter().check(refuse);
    }

    int pageSize() {
        return limit == null ? 50 : limit;
    }
}
