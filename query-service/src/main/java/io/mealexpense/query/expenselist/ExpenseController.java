package io.mealexpense.query.expenselist;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.Version;
import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.web.Owners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Expenses: one, many, and as a file. */
@RestController
@RequestMapping("/api/v1/expenses")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Expenses")
class ExpenseController {

    /** An export reads for seconds; the other connections are for the rest. */
    private static final int EXPORTS_AT_ONCE = 2;

    private static final String AS_OF_POSITION = "Meals-As-Of-Position";

    private final ExpenseQueries queries;
    private final Semaphore exports = new Semaphore(EXPORTS_AT_ONCE);

    ExpenseController(ExpenseQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    @Operation(operationId = "listExpenses", summary = "A page of a filter, with the totals of the whole filter")
    ExpenseList list(@ParameterObject ExpenseListParameters parameters, Actor actor, Moment moment) {
        return queries.list(
                Owners.of(actor, parameters.ownerId()),
                parameters.filter(),
                parameters.order(),
                parameters.cursor(),
                parameters.pageSize(),
                moment);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getExpense", summary = "One expense")
    @ApiResponse(
            responseCode = "200",
            headers =
                    @Header(
                            name = "ETag",
                            description = "The version, for If-Match",
                            required = true,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", description = "Absent, or not yours")
    @ApiResponse(
            responseCode = "410",
            description = "Deleted; the ETag is the version to restore",
            headers = @Header(name = "ETag", required = true, schema = @Schema(type = "string")))
    ResponseEntity<ExpenseItem> get(@PathVariable UUID id, Actor actor, Moment moment) {
        var owners = Owners.of(actor);
        var found = queries.find(id, owners, moment);
        var row = found.row()
                .orElseThrow(() -> found.incomplete() == null
                        ? ProblemException.notFound()
                        : new ProblemException(
                                        ProblemType.PROJECTION_BEHIND,
                                        "The expense is safe, but it could not be processed yet. It is being looked into.")
                                .header(HttpHeaders.RETRY_AFTER, "60"));
        var etag = Version.etag(row.sequence());
        if (row.deleted()) {
            throw new ProblemException(ProblemType.GONE, "The expense was deleted; it can be restored.")
                    .header(HttpHeaders.ETAG, etag);
        }
        return ResponseEntity.ok().eTag(etag).body(ExpenseItem.of(row, found.asOf(), found.incomplete()));
    }

    @GetMapping("/export")
    @Operation(operationId = "exportExpenses", summary = "The whole filter as a file that the import reads")
    @ApiResponse(
            responseCode = "200",
            description = "date, time, zone, amount, currency, tax, tip, meal_type, order_type, party_size,"
                    + " category_name, place, tags, purpose, attendees, notes, id",
            headers = {
                @Header(
                        name = "Incomplete",
                        description = ConsistentReads.INCOMPLETE,
                        schema = @Schema(type = "string", allowableValues = "true")),
                @Header(
                        name = ExpenseController.AS_OF_POSITION,
                        description = "With `asOf`: position of the last event that was recorded by then",
                        schema = @Schema(type = "integer", format = "int64", minimum = "0"))
            },
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    void export(
            @ParameterObject ExpenseExportParameters parameters,
            Actor actor,
            Moment moment,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var owners = Owners.of(actor, parameters.ownerId());
        if (!exports.tryAcquire(2, TimeUnit.SECONDS)) {
            throw new ProblemException(ProblemType.BUSY, "Others are exporting at the moment. Ask again shortly.")
                    .header(HttpHeaders.RETRY_AFTER, "5");
        }
        Export export;
        try {
            export = write(owners, parameters, moment);
        } finally {
            exports.release();
        }
        try {
            response.setContentType("text/csv; charset=utf-8");
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"meal-expenses.csv\"");
            if (export.state().incomplete() != null) {
                response.setHeader("Incomplete", "true");
            }
            var asOf = export.state().asOf();
            if (asOf != null) {
                response.setHeader(AS_OF_POSITION, String.valueOf(asOf.position()));
            }
            response.setContentLengthLong(Files.size(export.file()));
            Files.copy(export.file(), response.getOutputStream());
        } finally {
            Files.delete(export.file());
        }
    }

    private record Export(Path file, ConsistentReads.State state) {}

    /** Into a file first: a failure on the way is told as one, and no slow client holds the database. */
    private Export write(Owners owners, ExpenseExportParameters parameters, Moment moment) throws IOException {
        var file = Files.createTempFile("meal-expenses", ".csv");
        try (var out = Files.newBufferedWriter(file)) {
            var csv = new ExpenseCsv(out);
            return new Export(file, queries.export(owners, parameters.filter(), parameters.order(), moment, csv::add));
        } catch (IOException | RuntimeException failed) {
            Files.delete(file);
            throw failed;
        }
    }
}
