package io.mealexpense.query.sealedlog;

import io.mealexpense.query.readmodel.AtLeast;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What auditors hand on to prove an expense or a period to somebody who has no access; {@code audit-verify pack} checks it. */
@RestController
@RequestMapping("/api/v1/sealed-log")
@PreAuthorize("hasRole('AUDITOR')")
@Tag(name = "Audit")
class ProofPackController {

    private static final String ZIP = "application/zip";

    private final ProofPacks packs;

    ProofPackController(ProofPacks packs) {
        this.packs = packs;
    }

    @GetMapping("/pack")
    @Operation(
            operationId = "getProofPack",
            summary = "Everything that happened to an expense, or to an owner's expenses of a period, with proofs",
            description =
                    "A ZIP of events as stored, their places in the hash tree, one signed checkpoint, the log's keys"
                            + " and a README. `audit-verify pack` checks it without asking anybody. All of it is as the log was"
                            + " when that checkpoint was signed; an event that is not sealed yet is waited for.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", description = "No such expense, or none in the period")
    @ApiResponse(responseCode = "422", description = "Too many events for one pack")
    @ApiResponse(
            responseCode = "503",
            description = "`not-sealed`: some of it is not sealed yet; also as for other reads")
    void pack(@ParameterObject ProofPackParameters parameters, AtLeast atLeast, HttpServletResponse response)
            throws IOException {
        var pack = packs.make(parameters, atLeast);
        try {
            response.setContentType(ZIP);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(pack.name()));
            response.setContentLengthLong(Files.size(pack.file()));
            Files.copy(pack.file(), response.getOutputStream());
        } finally {
            Files.delete(pack.file());
        }
    }
}
