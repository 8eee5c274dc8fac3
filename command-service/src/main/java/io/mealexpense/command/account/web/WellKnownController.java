package io.mealexpense.command.account.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.command.account.LiveRevocations;
import io.mealexpense.command.account.SigningKeys;
import io.mealexpense.edge.security.AccessTokens;
import io.mealexpense.edge.security.RevocationList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What verifiers of access tokens need: the keys, and which tokens count no more. */
@RestController
@RequestMapping(path = "/.well-known", produces = MediaType.APPLICATION_JSON_VALUE)
@PreAuthorize("permitAll()")
@Tag(name = "Verification")
class WellKnownController {

    static final String[] OPEN_ROUTES = {"/.well-known/jwks.json", "/.well-known/revocations.json"};

    private static final Duration KEYS_STAY_FRESH = Duration.ofMinutes(5);

    /** An RSA public key (RFC 7517, RFC 7518 section 6.3.1). */
    @Schema(name = "JsonWebKey")
    record JsonWebKey(
            @Schema(requiredMode = REQUIRED) String kty,
            @Schema(requiredMode = REQUIRED) String kid,
            @Schema(requiredMode = REQUIRED) String use,
            @Schema(requiredMode = REQUIRED) String alg,
            @Schema(requiredMode = REQUIRED) String n,
            @Schema(requiredMode = REQUIRED) String e) {

        static JsonWebKey of(SigningKeys.Published key) {
            return new JsonWebKey(
                    "RSA",
                    key.keyId(),
                    "sig",
                    AccessTokens.ALGORITHM.getId(),
                    base64(key.key().getModulus()),
                    base64(key.key().getPublicExponent()));
        }

        /** Base64urlUInt: no sign byte. */
        private static String base64(BigInteger number) {
            var bytes = number.toByteArray();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
        }
    }

    @Schema(name = "JsonWebKeySet")
    record KeySet(@Schema(requiredMode = REQUIRED) List<JsonWebKey> keys) {}

    private final SigningKeys keys;
    private final LiveRevocations revocations;

    WellKnownController(SigningKeys keys, LiveRevocations revocations) {
        this.keys = keys;
        this.revocations = revocations;
    }

    @GetMapping("/jwks.json")
    @Operation(operationId = "keys", summary = "The keys that access tokens are verified with")
    @ApiResponse(responseCode = "200", description = "A JSON Web Key Set")
    ResponseEntity<KeySet> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEYS_STAY_FRESH).cachePublic())
                .body(new KeySet(keys.published().stream().map(JsonWebKey::of).toList()));
    }

    @GetMapping("/revocations.json")
    @Operation(
            operationId = "revocations",
            summary = "Sessions and accounts whose access tokens, issued until a moment, are refused")
    @ApiResponse(responseCode = "200", description = "Those of the last ten minutes")
    ResponseEntity<RevocationList.Document> revocations() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(revocations.document());
    }
}
