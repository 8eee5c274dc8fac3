package io.mealexpense.command.operations.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.operations.ProjectionName;
import io.mealexpense.command.operations.ProjectionRebuildCommand.CancelRebuild;
import io.mealexpense.command.operations.ProjectionRebuildCommand.RequestRebuild;
import io.mealexpense.command.operations.ProjectionRebuildCommand.SwapRebuild;
import io.mealexpense.command.operations.RebuildId;
import io.mealexpense.command.operations.RebuildRecorder;
import io.mealexpense.command.web.Retries;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.ConsistencyToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Set;
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

/** Takes what operators decide about rebuilds; the query side obeys it from the log. */
@RestController
@RequestMapping("/api/v1")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Operations")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class RebuildController {

    /**
     * @param id made by the client, so that sending it twice requests it once
     */
    @Schema(name = "ProjectionRebuildRequest")
    record OneRebuild(
            @Schema(format = "uuid", description = "UUID version 7; sending it again requests nothing twice") @Nullable
            String id,

            @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = OperatorRequest.REASON) @Nullable
            String reason) {}

    /**
     * @param id made by the client, so that sending it twice requests it once
     */
    @Schema(name = "RebuildRequest")
    record NewRebuild(
            @Schema(format = "uuid", description = "UUID version 7; sending it again requests nothing twice") @Nullable
            String id,

            @ArraySchema(minItems = 1, uniqueItems = true, arraySchema = @Schema(description = "Absent for all"))
            @Nullable
            List<@Nullable String> projections,

            @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = OperatorRequest.REASON) @Nullable
            String reason) {}

    /**
     * @param comparedAt what the operator has looked at; nobody decides on a difference that is not known yet
     */
    @Schema(name = "SwapDecision")
    record SwapDecision(
            @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = OperatorRequest.REASON) @Nullable
            String reason,

            @Schema(
                    requiredMode = REQUIRED,
                    minimum = "0",
                    description = "The position of the comparison that the rebuild shows")
            @Nullable
            Long comparedAt) {

        /**
         * With its reason in its normal form.
         *
         * @throws ProblemException 400 if it has no reason, or does not say what was looked at
         */
        SwapRebuild of(UUID rebuild) {
            var reading = new OperatorRequest();
            var command =
                    new SwapRebuild(new RebuildId(rebuild), reading.reason(reason), reading.comparedAt(comparedAt));
            reading.requireValid();
            return command;
        }
    }

    /** The rebuild that was requested. */
    @Schema(name = "RequestedRebuild")
    record Requested(@Schema(requiredMode = REQUIRED) UUID id) {}

    private final Commands commands;
    private final RebuildRecorder recorder;

    RebuildController(Commands commands, RebuildRecorder recorder) {
        this.commands = commands;
        this.recorder = recorder;
    }

    @PostMapping("/projections/{name}/rebuilds")
    @Operation(
            operationId = "requestProjectionRebuild",
            summary = "Make one read model anew from the log, beside the live one")
    @ApiResponse(
            responseCode = "202",
            description = "Requested, or requested before with the same id, projection and reason",
            headers = {
                @Header(name = HttpHeaders.LOCATION, schema = @Schema(type = "string")),
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Requested> rebuildOne(@PathVariable String name, @RequestBody OneRebuild request, Actor actor) {
        var reading = new OperatorRequest();
        var id = reading.rebuildId(request.id());
        var reason = reading.reason(request.reason());
        reading.requireValid();
        var projection = ProjectionName.of(name).orElseThrow(ProblemException::notFound);
        return request(new RequestRebuild(id, Set.of(projection), reason), actor);
    }

    @PostMapping("/rebuilds")
    @Operation(
            operationId = "requestRebuild",
            summary = "Make several or all read models anew from the log in one pass, beside the live ones")
    @ApiResponse(
            responseCode = "202",
            description = "Requested, or requested before with the same id, projections and reason",
            headers = {
                @Header(name = HttpHeaders.LOCATION, schema = @Schema(type = "string")),
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Requested> rebuild(@RequestBody NewRebuild request, Actor actor) {
        var reading = new OperatorRequest();
        var id = reading.rebuildId(request.id());
        var projections = reading.projections(request.projections());
        var reason = reading.reason(request.reason());
        reading.requireValid();
        return request(new RequestRebuild(id, projections, reason), actor);
    }

    private ResponseEntity<Requested> request(RequestRebuild command, Actor actor) {
        var receipt = recorder.request(command, RequestContext.of(actor));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/rebuilds/" + command.id()))
                .headers(receipt.headers())
                .body(new Requested(command.id().value()));
    }

    @PostMapping("/rebuilds/{id}/swap")
    @Operation(
            operationId = "swapRebuild",
            summary = "Let rebuilt read models take the place of the live ones although they differ",
            description =
                    "Equal ones do so by themselves. Refused if it was cancelled, or the same was decided before. What"
                            + " came of it is in the rebuild's decisions when it is read with the Consistency-Token of the"
                            + " answer: nothing, if comparedAt is not the position of the comparison that there is.")
    @ApiResponse(
            responseCode = "202",
            description = "Decided",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Void> swap(
            @PathVariable UUID id,
            @RequestBody SwapDecision act,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var command = act.of(id);
        var context = RequestContext.of(actor)
                .retriedAs(Retries.of(idempotencyKey, "swap", command.reason(), command.comparedAt()));
        var receipt = commands.send(id, command, context);
        return ResponseEntity.accepted().headers(receipt.headers()).build();
    }

    @PostMapping("/rebuilds/{id}/cancel")
    @Operation(
            operationId = "cancelRebuild",
            summary = "Give a rebuild up; the live read models stay",
            description = "Refused if it was cancelled before. What came of it is in the rebuild's decisions when it is"
                    + " read with the Consistency-Token of the answer: it may have ended meanwhile.")
    @ApiResponse(
            responseCode = "202",
            description = "Decided",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Void> cancel(
            @PathVariable UUID id,
            @RequestBody OperatorAct act,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Actor actor) {
        var reason = act.readReason();
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "cancel", reason));
        var receipt = commands.send(id, new CancelRebuild(new RebuildId(id), reason), context);
        return ResponseEntity.accepted().headers(receipt.headers()).build();
    }
}
