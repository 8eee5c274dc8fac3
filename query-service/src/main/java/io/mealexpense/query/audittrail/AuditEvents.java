package io.mealexpense.query.audittrail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of the trail, newest first.
 *
 * @param nextCursor continues it; absent on the last page
 * @param sealedUpTo last position that a signed checkpoint covers, whatever the page shows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"items", "sealedUpTo"})
record AuditEvents(
        List<Event> items,
        @Nullable String nextCursor,

        @Schema(minimum = "0", description = "Last position that is sealed: events up to it can be proved, 0 for none")
        long sealedUpTo,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /** How the trail's own row of an event relates to the log; what is shown is the log's. */
    @Schema(name = "TrailDeviation")
    enum Deviation {
        /** The row says something else. */
        DIFFERS,
        /** There is no row. */
        MISSING;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One event with everything the log knows about it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "AuditEvent",
            requiredProperties = {
                "position",
                "eventId",
                "aggregateType",
                "aggregateId",
                "sequence",
                "event",
                "revision",
                "at",
                "actor",
                "payload",
                "metadata"
            })
    record Event(
            @Schema(minimum = "1") long position,
            UUID eventId,
            @Schema(example = "MealExpense") String aggregateType,
            UUID aggregateId,
            @Schema(minimum = "0") long sequence,
            @Schema(example = "MealExpenseAmended") String event,
            @Schema(example = "1") String revision,
            Instant at,
            @Nullable UUID ownerId,
            Actor actor,

            @Schema(allowableValues = {"web", "api", "import"}) @Nullable
            String client,

            @Schema(
                    allowableValues = {"phone", "tablet", "computer"},
                    description = "As the browser says, which proves nothing; absent where it could not be told")
            @Nullable
            String device,

            @Nullable String requestId,
            @Nullable String reason,

            @Schema(
                    implementation = Object.class,
                    types = "object",
                    additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
                    description = "As the present revision reads it")
            JsonNode payload,

            @Schema(
                    implementation = Object.class,
                    types = "object",
                    additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
            JsonNode metadata,

            @Schema(
                    description =
                            "As the log keeps it; absent if the log has nothing there any more, which must not be")
            @Nullable
            Stored stored,

            @Schema(
                    description =
                            "Present if the trail's own row says something else than the log (`differs`), or if it has no row"
                                    + " (`missing`), which must not be unless the trail is incomplete. What is shown is the log's;"
                                    + " an event that a filter looks for in the trail may not be found")
            @Nullable
            Deviation deviation) {}

    /**
     * An event exactly as it was written.
     *
     * @param name logical name
     * @param commandId the client's {@code Idempotency-Key}, where it gave one
     * @param payload the text of the stored JSON; its UTF-8 bytes are the bytes of the log
     * @param metadata likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "StoredEvent",
            requiredProperties = {"name", "revision", "payload", "metadata"})
    record Stored(
            String name,
            String revision,
            @Nullable String commandId,

            @Schema(description = "The stored JSON as text: its UTF-8 bytes are the bytes of the log")
            String payload,

            @Schema(description = "The stored JSON as text: its UTF-8 bytes are the bytes of the log")
            String metadata) {}

    /**
     * Who did it, and as what.
     *
     * @param id of the account, or {@code system}
     */
    @Schema(
            name = "AuditActor",
            requiredProperties = {"id", "roles"})
    record Actor(String id, List<String> roles) {}
}
