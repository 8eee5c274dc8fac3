package io.mealexpense.command.operations.web;

import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.command.operations.DeadLetterCommand;
import io.mealexpense.command.operations.DeadLetterCommand.DiscardDeadLetter;
import io.mealexpense.command.operations.DeadLetterCommand.RetryDeadLetter;
import io.mealexpense.command.operations.ProjectionName;
import io.mealexpense.command.web.Retries;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.ConsistencyToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** Takes what operators decide about dead letters; the projection that has them obeys it from the log. */
@RestController
@RequestMapping("/api/v1/projections/{name}/dead-letters/{subjectId}")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Operations")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class DeadLetterController {

    private final Commands commands;
    private final StoredEvents storedEvents;

    DeadLetterController(Commands commands, StoredEvents storedEvents) {
        this.commands = commands;
        this.storedEvents = storedEvents;
    }

    @PostMapping("/retry")
    @Operation(
            operationId = "retryDeadLetter",
            summary = "Let a projection take what it could not take of a subject, once more",
            description =
                    "Refused if the log has nothing of that subject. What came of it is among the projection's acts"
                            + " when these are read with the Consistency-Token of the answer.")
    @ApiResponse(
            responseCode = "202",
            description = "Decided",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Void> retry(
            @PathVariable String name,
            @Parameter(description = "The expense, category, account or other aggregate that the letters are about")
                    @PathVariable
                    UUID subjectId,
            @RequestBody OperatorAct act,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var reason = act.readReason();
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "retry", reason));
        return send(new RetryDeadLetter(projection(name), subjectId, reason), context);
    }

    @PostMapping("/discard")
    @Operation(
            operationId = "discardDeadLetter",
            summary =
                    "Leave what a projection could not take of a subject out of its read model, until that is rebuilt",
            description =
                    "The log keeps it. Refused if the log has nothing of that subject. What came of it is among the"
                            + " projection's acts when these are read with the Consistency-Token of the answer.")
    @ApiResponse(
            responseCode = "202",
            description = "Decided",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Void> discard(
            @PathVariable String name,
            @Parameter(description = "The expense, category, account or other aggregate that the letters are about")
                    @PathVariable
                    UUID subjectId,
            @RequestBody OperatorAct act,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var reason = act.readReason();
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "discard", reason));
        return send(new DiscardDeadLetter(projection(name), subjectId, reason), context);
    }

    private static ProjectionName projection(String name) {
        return ProjectionName.of(name).orElseThrow(ProblemException::notFound);
    }

    /** Of what never happened nothing can have been put aside. */
    private ResponseEntity<Void> send(DeadLetterCommand command, RequestContext context) {
        if (storedEvents.first(command.subjectId()).isEmpty()) {
            throw ProblemException.notFound();
        }
        var receipt = commands.sendOrBegin(command.id().value(), command, context);
        return ResponseEntity.accepted().headers(receipt.headers()).build();
    }
}
