package io.mealexpense.command.expenseimport.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.command.expenseimport.ImportOutcome;
import io.mealexpense.command.expenseimport.ImportOutcome.RowOutcome;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.ConsistencyToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Takes files of expenses. */
@RestController
@RequestMapping("/api/v1/expenses/import")
@PreAuthorize("hasRole('MEMBER')")
@Tag(name = "Expenses")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class ExpenseImportController {

    /** What became of a row. */
    @Schema(name = "ImportRowStatus")
    enum Status {
        RECORDED,
        SAME,
        REFUSED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param recorded rows that became expenses
     * @param same rows that had become expenses before
     * @param refused rows of which nothing was recorded
     */
    @Schema(name = "ImportResult")
    record Result(
            @Schema(requiredMode = REQUIRED, description = "Rows that became expenses")
            int recorded,

            @Schema(requiredMode = REQUIRED, description = "Rows that had become expenses before")
            int same,

            @Schema(requiredMode = REQUIRED, description = "Rows of which nothing was recorded")
            int refused,

            @Schema(requiredMode = REQUIRED) List<Row> rows) {}

    /**
     * @param errors by the names of the file's columns
     */
    @Schema(name = "ImportRowResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @Schema(requiredMode = REQUIRED, minimum = "1", description = "1 is the first row of data")
            int row,

            @Schema(requiredMode = REQUIRED) Status status,

            @Schema(description = "Unless the row was refused") @Nullable
            UUID expenseId,

            @Schema(description = "Why the row was refused; field is the file's own name of the column") @Nullable
            List<FieldError> errors) {

        static Row of(RowOutcome outcome) {
            return switch (outcome) {
                case RowOutcome.Recorded it -> new Row(it.row(), Status.RECORDED, it.expenseId(), null);
                case RowOutcome.Same it -> new Row(it.row(), Status.SAME, it.expenseId(), null);
                case RowOutcome.Refused it -> new Row(it.row(), Status.REFUSED, null, it.errors());
            };
        }
    }

    private final FileImport files;

    ExpenseImportController(FileImport files) {
        this.files = files;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            operationId = "importExpenses",
            summary = "Record the expenses of a CSV file",
            description =
                    "Takes our own export, the earlier tracker's files and bank files, up to 5 MB and 20,000 rows."
                            + " Records what it can and says row by row what became of it. The same file, or a row of it in"
                            + " another file, again records nothing, also after the expense was amended or deleted.")
    @ApiResponse(
            responseCode = "200",
            description = "Read; single rows may have been refused",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Result> importExpenses(
            @Parameter(description = "CSV in UTF-8, UTF-16 with a byte order mark, or windows-1252")
                    @RequestPart("file")
                    MultipartFile file,
            @Parameter(
                            description =
                                    "Nothing is recorded twice without it either. With it, the same file again is answered as the first time, and another file is refused")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String idempotencyKey,
            Actor actor)
            throws IOException {
        ImportOutcome outcome = files.apply(file.getBytes(), file.getOriginalFilename(), idempotencyKey, actor);
        var rows = outcome.rows().stream().map(Row::of).toList();
        return ResponseEntity.ok()
                .headers(outcome.receipt().headers())
                .body(new Result(outcome.recorded(), outcome.same(), outcome.refused(), rows));
    }
}
