package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.security.Jwks;
import io.mealexpense.command.WriteSideOnPostgres;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WellKnownTest extends WriteSideOnPostgres {

    @Autowired
    SigningKeys keys;

    @Autowired
    LiveRevocations revocations;

    @Test
    void the_published_keys_are_what_verifiers_read() {
        var answer = get("/.well-known/jwks.json", null);
        assertThat(answer).hasStatus(200).hasContentType("application/json");
        var set = Jwks.setParser().build().parse(body(answer)).getKeys();
        assertThat(set).hasSizeGreaterThanOrEqualTo(2).allSatisfy(key -> {
            assertThat(key.toKey()).isEqualTo(keys.find(key.getId()).orElseThrow());
            assertThat(key.getAlgorithm()).isEqualTo("RS256");
        });
        assertThat(body(answer)).doesNotContain("\"d\"");
    }

    @Test
    void revocations_are_published_for_as_long_as_they_matter() {
        var email = newEmail();
        register(email);
        var tokens = signIn(email);
        post("/api/v1/auth/logout", Map.of("refreshToken", tokens.refresh()));
        var answer = get("/.well-known/revocations.json", null);
        assertThat(answer).hasStatus(200).hasHeader("Cache-Control", "no-store");
        assertThat(read(answer, "$.revocations.length()")).isNotEqualTo("0");
        clock().advance(AccessTokenIssuer.LIFETIME.plus(Duration.ofMinutes(10)));
        revocations.refresh();
        assertThat(read(get("/.well-known/revocations.json", null), "$.revocations.length()"))
                .isEqualTo("0");
    }
}
