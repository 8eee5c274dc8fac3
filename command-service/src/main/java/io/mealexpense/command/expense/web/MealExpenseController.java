package io.mealexpense.command.expense.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.command.expense.ExpenseRecorder;
import io.mealexpense.command.expense.MealExpenseCommand.AmendMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.DeleteMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.RestoreMealExpense;
import io.mealexpense.command.expense.MealExpenseId;
import io.mealexpense.command.expense.web.ExpenseRequest.Limits;
import io.mealexpense.command.web.FreeText;
import io.mealexpense.command.web.Retries;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.Version;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Records, amends, deletes and restores expenses of the member who asks. */
@RestController
@RequestMapping("/api/v1/expenses")
@PreAuthorize("hasRole('MEMBER')")
@Tag(name = "Expenses")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class MealExpenseController {

    private static final String AMOUNT = "^-?(0|[1-9]\\d{0,11})(\\.\\d+)?$";

    /**
     * @param id made by the client, so that sending it twice records it once
     */
    @Schema(name = "NewExpense")
    record NewExpense(
            @Schema(format = "uuid", description = "UUID version 7; sending it again records nothing twice") @Nullable
            String id,

            @Schema(format = "date", example = "2026-03-15", requiredMode = REQUIRED) @NotNull @Nullable
            String spentOn,

            @Schema(pattern = "^([01]\\d|2[0-3]):[0-5]\\d$", example = "12:30") @Nullable
            String spentAt,

            @Schema(description = "IANA time zone", example = "Europe/Berlin") @Size(max = Limits.ZONE) @Nullable
            String zone,

            @Schema(pattern = AMOUNT, example = "12.50", requiredMode = REQUIRED) @NotNull @Nullable
            String amount,

            @Schema(pattern = "^[A-Z]{3}$", example = "EUR", requiredMode = REQUIRED) @NotNull @Nullable
            String currency,

            @Schema(pattern = AMOUNT, description = "Part of the amount") @Nullable
            String tax,

            @Schema(pattern = AMOUNT, description = "Part of the amount") @Nullable
            String tip,

            @Schema(
                    allowableValues = {
                        "breakfast",
                        "brunch",
                        "lunch",
                        "dinner",
                        "snacks",
                        "drinks",
                        "dessert",
                        "late-night",
                        "groceries",
                        "other"
                    },
                    requiredMode = REQUIRED)
            @NotNull
            @Nullable
            String mealType,

            @Schema(allowableValues = {"dine-in", "takeout", "delivery", "drive-thru", "catering", "other"}) @Nullable
            String orderType,

            @Min(1) @Max(Limits.PARTY_SIZE) @Nullable Integer partySize,
            @Schema(format = "uuid") @Nullable String categoryId,
            @Schema(format = "uuid") @Nullable String restaurantId,
            @Size(max = Limits.PLACE) @Nullable String place,
            @Size(max = Limits.TAGS) @Nullable List<@Nullable @Size(max = Limits.TAG) String> tags,
            @Size(max = Limits.PURPOSE) @Nullable String purpose,
            @Size(max = Limits.ATTENDEES) @Nullable List<@Nullable @Size(max = Limits.ATTENDEE) String> attendees,
            @Size(max = Limits.NOTES) @Nullable String notes)
            implements ExpenseRequest {}

    /**
     * @param reason why, shown in the history
     */
    @Schema(name = "AmendedExpense")
    record AmendedExpense(
            @Schema(format = "date", example = "2026-03-15", requiredMode = REQUIRED) @NotNull @Nullable
            String spentOn,

            @Schema(pattern = "^([01]\\d|2[0-3]):[0-5]\\d$", example = "12:30") @Nullable
            String spentAt,

            @Schema(description = "IANA time zone", example = "Europe/Berlin") @Size(max = Limits.ZONE) @Nullable
            String zone,

            @Schema(pattern = AMOUNT, example = "12.50", requiredMode = REQUIRED) @NotNull @Nullable
            String amount,

            @Schema(pattern = "^[A-Z]{3}$", example = "EUR", requiredMode = REQUIRED) @NotNull @Nullable
            String currency,

            @Schema(pattern = AMOUNT, description = "Part of the amount") @Nullable
            String tax,

            @Schema(pattern = AMOUNT, description = "Part of the amount") @Nullable
            String tip,

            @Schema(
                    allowableValues = {
                        "breakfast",
                        "brunch",
                        "lunch",
                        "dinner",
                        "snacks",
                        "drinks",
                        "dessert",
                        "late-night",
                        "groceries",
                        "other"
                    },
                    requiredMode = REQUIRED)
            @NotNull
            @Nullable
            String mealType,

            @Schema(allowableValues = {"dine-in", "takeout", "delivery", "drive-thru", "catering", "other"}) @Nullable
            String orderType,

            @Min(1) @Max(Limits.PARTY_SIZE) @Nullable Integer partySize,
            @Schema(format = "uuid") @Nullable String categoryId,
            @Schema(format = "uuid") @Nullable String restaurantId,
            @Size(max = Limits.PLACE) @Nullable String place,
            @Size(max = Limits.TAGS) @Nullable List<@Nullable @Size(max = Limits.TAG) String> tags,
            @Size(max = Limits.PURPOSE) @Nullable String purpose,
            @Size(max = Limits.ATTENDEES) @Nullable List<@Nullable @Size(max = Limits.ATTENDEE) String> attendees,
            @Size(max = Limits.NOTES) @Nullable String notes,
            @Size(max = 500) @Nullable String reason)
            implements ExpenseRequest {}

    /** What a restoration may say. */
    @Schema(name = "ExpenseRestoration")
    record Restoration(@Size(max = 500) @Nullable String reason) {}

    /** The expense that was recorded. */
    @Schema(name = "RecordedExpense")
    record Recorded(
            @Schema(requiredMode = REQUIRED) UUID id,
            @Schema(requiredMode = REQUIRED) long version) {}

    private final Commands commands;
    private final ExpenseRecorder recorder;
    private final ExpenseContentReader reader;

    MealExpenseController(Commands commands, ExpenseRecorder recorder, ExpenseContentReader reader) {
        this.commands = commands;
        this.recorder = recorder;
        this.reader = reader;
    }

    @PostMapping
    @Operation(operationId = "recordExpense", summary = "Record an expense")
    @ApiResponse(responseCode = "201", description = "Recorded, or recorded before with the same id and content")
    ResponseEntity<Recorded> record(@Valid @RequestBody NewExpense request, Actor actor) {
        var id = request.id() == null ? null : reader.clientMadeId(request.id());
        var content = reader.read(request);
        var recorded = recorder.record(id, content, null, actor, RequestContext.of(actor));
        return ResponseEntity.created(URI.create("/api/v1/expenses/" + recorded.id()))
                .headers(recorded.receipt().headers())
                .body(new Recorded(recorded.id().value(), recorded.receipt().version()));
    }

    @PutMapping("/{id}")
    @Operation(operationId = "amendExpense", summary = "Replace the whole content of an expense; absent is cleared")
    @ApiResponse(responseCode = "204", description = "Amended")
    ResponseEntity<Void> amend(
            @PathVariable UUID id,
            @Valid @RequestBody AmendedExpense request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        ExpenseContent content = reader.read(request);
        var reason = FreeText.normal(request.reason());
        var version = Version.required(ifMatch);
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "amend", content, reason));
        return done(commands.send(
                id, new AmendMealExpense(new MealExpenseId(id), actor, version, content, reason), context));
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "deleteExpense", summary = "Take an expense out of lists and totals; its history stays")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(
            @PathVariable UUID id,
            @RequestParam(required = false) @Size(max = 500) @Nullable String reason,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var why = FreeText.normal(reason);
        var version = Version.required(ifMatch);
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "delete", why));
        return done(commands.send(id, new DeleteMealExpense(new MealExpenseId(id), actor, version, why), context));
    }

    @PostMapping("/{id}/restore")
    @Operation(operationId = "restoreExpense", summary = "Bring a deleted expense back with all it carried")
    @ApiResponse(responseCode = "204", description = "Restored")
    ResponseEntity<Void> restore(
            @PathVariable UUID id,
            @Valid @RequestBody(required = false) @Nullable Restoration request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var why = request == null ? null : FreeText.normal(request.reason());
        var version = Version.required(ifMatch);
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "restore", why));
        return done(commands.send(id, new RestoreMealExpense(new MealExpenseId(id), actor, version, why), context));
    }

    private static ResponseEntity<Void> done(Receipt receipt) {
        return ResponseEntity.noContent().headers(receipt.headers()).build();
    }
}
