package io.mealexpense.query.audittrail;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.web.CutShortException;
import io.mealexpense.query.web.Owners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, when and why. */
@RestController
@RequestMapping("/api/v1")
class AuditTrailController {

    /** A whole log takes minutes, and each keeps a thread busy. */
    private static final int EXPORTS_AT_ONCE = 2;

    private final AuditTrailQueries queries;
    private final Semaphore exports = new Semaphore(EXPORTS_AT_ONCE);

    AuditTrailController(AuditTrailQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/expenses/{id}/history")
    @PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
    @Tag(name = "Expenses")
    @Operation(
            operationId = "getExpenseHistory",
            summary = "What happened to an expense, oldest first; after its deletion too")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "Absent, or not yours")
    ExpenseHistory history(@PathVariable UUID id, Actor actor, AtLeast atLeast) {
        return queries.history(id, Owners.of(actor), atLeast).orElseThrow(ProblemException::notFound);
    }

    @GetMapping("/audit/events")
    @PreAuthorize("hasRole('AUDITOR')")
    @Tag(name = "Audit")
    @Operation(operationId = "listAuditEvents", summary = "Every event, newest first")
    AuditEvents events(@ParameterObject AuditParameters parameters, AtLeast atLeast) {
        return queries.events(parameters, atLeast);
    }

    @GetMapping("/audit/events/export")
    @PreAuthorize("hasRole('AUDITOR')")
    @Tag(name = "Audit")
    @Operation(
            operationId = "exportAuditEvents",
            summary = "The whole filter as a file, oldest event first",
            description =
                    "Up to where the trail was when it was asked for. A failure on the way cuts the connection, so"
                            + " a file that was received whole is whole.")
    @ApiResponse(
            responseCode = "200",
            description = "NDJSON: one event a line, as the pages have it. CSV: position, at, event, revision,"
                    + " aggregate_type, aggregate_id, sequence, event_id, owner_id, actor_id, actor_roles, client,"
                    + " device, request_id, command_id, reason, payload, metadata, deviation",
            headers =
                    @Header(
                            name = "Incomplete",
                            description = ConsistentReads.INCOMPLETE,
                            schema = @Schema(type = "string", allowableValues = "true")),
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    void export(@ParameterObject AuditExportParameters parameters, AtLeast atLeast, HttpServletResponse response)
            throws IOException {
        if (!exports.tryAcquire()) {
            throw new ProblemException(ProblemType.BUSY, "Others are exporting at the moment. Ask again shortly.")
                    .header(HttpHeaders.RETRY_AFTER, "10");
        }
        try {
            write(queries.export(parameters.filter(), atLeast), parameters.formatOrDefault(), response);
        } finally {
            exports.release();
        }
    }

    private static void write(
            AuditTrailQueries.Export export, AuditExportParameters.Format format, HttpServletResponse response)
            throws IOException {
        response.setContentType(format.mediaType() + "; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.%s\"".formatted(format.code()));
        if (export.incomplete()) {
            response.setHeader("Incomplete", "true");
        }
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        try {
            var file = AuditFile.of(format, out);
            while (export.hasNext()) {
                for (var event : export.next()) {
                    file.add(event);
                }
            }
        } catch (RuntimeException failure) {
            throw new CutShortException(failure);
        }
        out.flush();
    }
}
