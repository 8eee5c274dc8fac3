package io.mealexpense.query.audittrail;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.readmodel.Coded;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Parameters of the export: those of the explorer, without pages. */
record AuditExportParameters(
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

        @Parameter(schema = @Schema(implementation = Format.class, defaultValue = "ndjson")) @Nullable
        Format format)
        implements QueryParameters {

    /** What an export can be written as. */
    enum Format implements Coded {
        /** One JSON object a line. */
        NDJSON("application/x-ndjson"),
        CSV("text/csv");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        @Override
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        String mediaType() {
            return mediaType;
        }
    }

    AuditFilter filter() {
        return new AuditFilter(actorId, subjectId, ownerId, type, from, to, requestId, correlationId);
    }

    @Override
    public void check(BiConsumer<String, String> refuse) {
        filter().check(refuse);
    }

    Format formatOrDefault() {
        return format == null ? Format.NDJSON : format;
    }
}
