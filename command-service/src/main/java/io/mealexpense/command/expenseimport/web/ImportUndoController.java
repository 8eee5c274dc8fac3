package io.mealexpense.command.expenseimport.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.expenseimport.ImportId;
import io.mealexpense.command.expenseimport.ImportUndoer;
import io.mealexpense.command.expenseimport.UndoOutcome;
import io.mealexpense.command.web.FreeText;
import io.mealexpense.command.web.Retries;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.ConsistencyToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes imports back. */
@RestController
@RequestMapping("/api/v1/imports/{id}")
@PreAuthorize("hasRole('MEMBER')")
@Tag(name = "Expenses")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class ImportUndoController {

    /**
     * @param changedToo whether expenses go that were changed since
     * @param reason why, shown in the audit trail
     */
    @Schema(name = "ImportUndoing")
    record Undoing(
            @Schema(
                    description = "Delete expenses too that were amended, or deleted and restored, since the import",
                    defaultValue = "false")
            @Nullable
            Boolean changedToo,

            @Size(max = 500) @Nullable String reason) {}

    /** What became of an expense. */
    @Schema(name = "ImportUndoStatus")
    enum Status {
        DELETED,
        KEPT,
        GONE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(name = "ImportUndoResult")
    record Result(
            @Schema(requiredMode = REQUIRED, description = "Expenses that this deleted")
            int deleted,

            @Schema(
                    requiredMode = REQUIRED,
                    description = "Expenses that were left alone, because they were changed since")
            int kept,

            @Schema(requiredMode = REQUIRED, description = "Expenses that had been deleted before")
            int gone,

            @Schema(requiredMode = REQUIRED) List<Expense> expenses) {}

    @Schema(name = "ImportUndoExpense")
    record Expense(
            @Schema(requiredMode = REQUIRED) UUID expenseId,
            @Schema(requiredMode = REQUIRED) Status status) {

        static Expense of(UndoOutcome.Expense outcome) {
            return new Expense(outcome.id(), Status.valueOf(outcome.status().name()));
        }
    }

    private final ImportUndoer undoer;

    ImportUndoController(ImportUndoer undoer) {
        this.undoer = undoer;
    }

    @PostMapping("/undo")
    @Operation(
            operationId = "undoImport",
            summary = "Delete what an import recorded, as one act",
            description = "Expenses that were changed since stay unless `changedToo` is true. What was cut short is"
                    + " finished by asking again. An import that was undone is refused with 410 unless something is left"
                    + " that this would delete, one of which nothing is left with 409.")
    @ApiResponse(
            responseCode = "200",
            description = "Undone; the answer tells what became of each expense",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Result> undo(
            @PathVariable UUID id,
            @Valid @RequestBody(required = false) @Nullable Undoing request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var changedToo = request != null && Boolean.TRUE.equals(request.changedToo());
        var reason = request == null ? null : FreeText.normal(request.reason());
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "undo", changedToo, reason));
        var outcome = undoer.undo(new ImportId(id), changedToo, reason, actor, context);
        return ResponseEntity.ok()
                .headers(outcome.receipt().headers())
                .body(new Result(
                        outcome.count(UndoOutcome.Status.DELETED),
                        outcome.count(UndoOutcome.Status.KEPT),
                        outcome.count(UndoOutcome.Status.GONE),
                        outcome.expenses().stream().map(Expense::of).toList()));
    }
}
