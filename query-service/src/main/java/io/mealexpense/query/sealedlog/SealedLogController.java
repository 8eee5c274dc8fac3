package io.mealexpense.query.sealedlog;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.sealedlog.Checkpoints.Checkpoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What auditors take away to prove that nothing was altered; {@code audit-verify proof} checks it without asking anybody.
 * The consistency token is checked for its form and otherwise without meaning: the log is sealed in its own time.
 */
@RestController
@RequestMapping("/api/v1/audit")
@PreAuthorize("hasRole('AUDITOR')")
@Tag(name = "Audit")
class SealedLogController {

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final SealedLogQueries queries;

    SealedLogController(SealedLogQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/checkpoints")
    @Operation(operationId = "listCheckpoints", summary = "What was signed about the log, the last first")
    Checkpoints checkpoints(@ParameterObject CheckpointParameters parameters, AtLeast atLeast) {
        return queries.checkpoints(parameters);
    }

    @GetMapping("/checkpoints/latest")
    @Operation(operationId = "getLatestCheckpoint", summary = "What was signed about the log last")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "Nothing is sealed yet")
    Checkpoint latest(AtLeast atLeast) {
        return queries.latest().orElseThrow(SealedLogController::nothingSealed);
    }

    @GetMapping("/events/{position}/proof")
    @Operation(
            operationId = "getInclusionProof",
            summary = "That an event is in the sealed log: the event, its path in the hash tree, the checkpoint")
    @ApiResponse(
            responseCode = "200",
            description = "c2sp.org/tlog-proof; `extra` is the event, each column with its length in front",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", description = "No such event or checkpoint, or sealed later than that")
    ResponseEntity<String> inclusion(
            @PathVariable @Schema(minimum = "1") long position,
            @ParameterObject InclusionParameters parameters,
            AtLeast atLeast) {
        if (position < 1) {
            throw ProblemException.invalid("position", "begins with 1");
        }
        var checkpoint = parameters.size() == null
                ? queries.latest().orElseThrow(SealedLogController::nothingSealed)
                : ofSize(parameters.size());
        if (position > checkpoint.size()) {
            throw notFound(
                    "The checkpoint of size %d does not seal position %d.".formatted(checkpoint.size(), position));
        }
        var proof = queries.inclusion(position, checkpoint).orElseThrow(ProblemException::notFound);
        return file(proof.text(), "event-%d.tlog-proof".formatted(position));
    }

    @GetMapping("/consistency")
    @Operation(
            operationId = "getConsistencyProof",
            summary = "That the log of a later checkpoint begins with all of an earlier one's")
    @ApiResponse(
            responseCode = "200",
            description = "Hashes (RFC 9162 section 2.1.4) and both checkpoints",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", description = "There is no checkpoint of one of the sizes")
    ResponseEntity<String> consistency(@ParameterObject ConsistencyParameters parameters, AtLeast atLeast) {
        var earlier = ofSize(parameters.from());
        var later = ofSize(parameters.to());
        return file(
                queries.consistency(earlier, later).text(),
                "consistency-%d-%d.tlog-proof".formatted(earlier.size(), later.size()));
    }

    private Checkpoint ofSize(long size) {
        return queries.ofSize(size).orElseThrow(() -> notFound("There is no checkpoint of size %d.".formatted(size)));
    }

    private static ProblemException nothingSealed() {
        return notFound("Nothing is sealed yet.");
    }

    private static ProblemException notFound(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }

    private static ResponseEntity<String> file(String text, String name) {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
                .body(text);
    }
}
