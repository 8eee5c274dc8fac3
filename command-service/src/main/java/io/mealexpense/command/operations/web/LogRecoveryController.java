package io.mealexpense.command.operations.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.operations.RecoveryDeclaration;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.version.ConsistencyToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the declaration that lets a restored log be appended to again. */
@RestController
@RequestMapping("/api/v1/log/recovery")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Operations")
@ApiResponse(
        responseCode = "default",
        description = "Refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class LogRecoveryController {

    /**
     * @param position what the administrator has looked at; nobody declares blindly
     */
    @Schema(name = "RecoveryDeclaration")
    record Declaration(
            @Schema(requiredMode = REQUIRED, minimum = "0", description = "The position that the restored log ends at")
            @Nullable
            Long position,

            @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = OperatorRequest.REASON) @Nullable
            String reason) {}

    /** The declaration that there is. */
    @Schema(name = "DeclaredRecovery")
    record Declared(
            @Schema(requiredMode = REQUIRED, description = "Its position in the log")
            long declaredAt) {}

    private final RecoveryDeclaration declaration;

    LogRecoveryController(RecoveryDeclaration declaration) {
        this.declaration = declaration;
    }

    @PostMapping
    @Operation(
            operationId = "declareLogRecovery",
            summary = "Let a log that was restored from a backup be appended to again",
            description = "What had been recorded after its last event is lost. Refused if the log ends at another"
                    + " position, or nothing has to be declared; repeated, also by another administrator, it gets the same"
                    + " answer.")
    @ApiResponse(
            responseCode = "200",
            description = "Declared, now or before at the same position",
            headers = {
                @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
                @Header(name = ConsistencyToken.HEADER, schema = @Schema(type = "string"))
            })
    ResponseEntity<Declared> declare(@RequestBody Declaration request, Actor actor) {
        var reading = new OperatorRequest();
        var position = reading.logEnd(request.position());
        var reason = reading.reason(request.reason());
        reading.requireValid();
        var receipt = declaration.declare(position, reason, RequestContext.of(actor));
        return ResponseEntity.ok().headers(receipt.headers()).body(new Declared(receipt.position()));
    }
}
