package io.mealexpense.query.audittrail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an expense, oldest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "items")
record ExpenseHistory(
        List<Entry> items,

        @Schema(description = ConsistentReads.INCOMPLETE) @Nullable
        Boolean incomplete) {

    /**
     * One event of an expense.
     *
     * @param version the expense had after it
     * @param position place in the log
     * @param client kind of client: web, api or import
     * @param device kind of device, where it could be told: phone, tablet or computer
     * @param changes of the content; at the first event, everything that was given
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "HistoryEntry",
            requiredProperties = {"event", "revision", "version", "position", "at", "actor", "changes"})
    record Entry(
            @Schema(
                    allowableValues = {
                        "MealExpenseRecorded",
                        "MealExpenseAmended",
                        "MealExpenseDeleted",
                        "MealExpenseRestored"
                    })
            String event,

            String revision,
            @Schema(minimum = "0") long version,
            @Schema(minimum = "1") long position,
            Instant at,
            Actor actor,

            @Schema(allowableValues = {"web", "api", "import"}) @Nullable
            String client,

            @Schema(
                    allowableValues = {"phone", "tablet", "computer"},
                    description = "As the browser says, which proves nothing; absent where it could not be told")
            @Nullable
            String device,

            @Nullable String reason,
            List<FieldChange> changes) {}

    /**
     * Who did it.
     *
     * @param id of the account
     */
    @Schema(name = "HistoryActor", requiredProperties = "id")
    record Actor(String id) {}
}
