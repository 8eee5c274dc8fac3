package io.mealexpense.command.sealing.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.sealing.LogKeys;
import io.mealexpense.edge.security.OpenRoutes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the keys that checkpoints of the log are verified with. */
@RestController
@PreAuthorize("permitAll()")
@Tag(name = "Verification")
class LogKeysController {

    static final String ROUTE = "/.well-known/log-keys.json";

    /** One key. */
    @Schema(name = "LogKey")
    record Key(
            @Schema(
                    requiredMode = REQUIRED,
                    description = "Name, id and Ed25519 key (c2sp.org/signed-note)",
                    example =
                            "meal-expense-tracker/0123456789abcdef+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
            String key,

            @Schema(requiredMode = REQUIRED) Instant createdAt) {}

    @Schema(name = "LogKeys")
    record Document(@Schema(requiredMode = REQUIRED) List<Key> keys) {}

    /** The route answers without a sign-in. */
    @Configuration
    static class Open {

        @Bean
        OpenRoutes logKeysOpenRoutes() {
            return new OpenRoutes(List.of(ROUTE));
        }
    }

    private final LogKeys keys;

    LogKeysController(LogKeys keys) {
        this.keys = keys;
    }

    @GetMapping(path = ROUTE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "logKeys", summary = "The keys that checkpoints of the log are verified with")
    @ApiResponse(responseCode = "200", description = "The oldest first; none until something was sealed")
    ResponseEntity<Document> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .body(new Document(keys.published().stream()
                        .map(key -> new Key(key.key(), key.createdAt()))
                        .toList()));
    }
}
