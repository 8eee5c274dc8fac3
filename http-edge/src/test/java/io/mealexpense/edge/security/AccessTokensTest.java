package io.mealexpense.edge.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccessTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final String KEY_ID = "current";
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID SESSION = UUID.randomUUID();
    private static final KeyPair KEYS = Jwts.SIG.RS256.keyPair().build();
    private static final KeyPair FOREIGN = Jwts.SIG.RS256.keyPair().build();
    private static final VerificationKeys PUBLISHED =
            id -> id.equals(KEY_ID) ? Optional.of(KEYS.getPublic()) : Optional.empty();

    private static Optional<Actor> verify(String token) {
        return verify(token, RevocationList.NONE);
    }

    private static Optional<Actor> verify(String token, Revocations revocations) {
        return new AccessTokens(PUBLISHED, revocations, Clock.fixed(NOW, ZoneOffset.UTC)).verify(token, "api");
    }

    private static JwtBuilder claims() {
        return Jwts.builder()
                .header()
                .keyId(KEY_ID)
                .and()
                .issuer(AccessTokens.ISSUER)
                .audience()
                .add(AccessTokens.AUDIENCE)
                .and()
                .subject(ALICE.toString())
                .claim(AccessTokens.SESSION_CLAIM, SESSION.toString())
                .claim(AccessTokens.ROLES_CLAIM, List.of("MEMBER", "AUDITOR"))
                .issuedAt(Date.from(NOW))
                .expiration(Date.from(NOW.plusSeconds(300)));
    }

    private static String signed(UnaryOperator<JwtBuilder> change) {
        return change.apply(claims())
                .signWith(KEYS.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    private static String genuine() {
        return signed(it -> it);
    }

    @Test
    void a_genuine_token_names_the_actor() {
        assertThat(verify(genuine())).contains(new Actor(ALICE, Set.of(Role.MEMBER, Role.AUDITOR), SESSION, "api"));
    }

    /** Says what it is told to. */
    private static final class SettableClock extends Clock {
        Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void a_remembered_token_expires_like_any_other() {
        var clock = new SettableClock();
        var tokens = new AccessTokens(PUBLISHED, RevocationList.NONE, clock);
        var token = genuine();
        assertThat(tokens.verify(token, "api")).isPresent();
        clock.now = NOW.plusSeconds(305);
        assertThat(tokens.verify(token, "api")).isPresent();
        clock.now = NOW.plusSeconds(305).plusMillis(1);
        assertThat(tokens.verify(token, "api")).isEmpty();
        clock.now = NOW;
        assertThat(tokens.verify(token, "web"))
                .hasValueSatisfying(actor -> assertThat(actor.client()).isEqualTo("web"));
    }

    @Test
    void a_remembered_token_is_refused_once_it_is_revoked() {
        var revoked = new AtomicBoolean();
        var tokens = new AccessTokens(
                PUBLISHED, (session, account, issuedAt) -> revoked.get(), Clock.fixed(NOW, ZoneOffset.UTC));
        var token = genuine();
        assertThat(tokens.verify(token, "api")).isPresent();
        revoked.set(true);
        assertThat(tokens.verify(token, "api")).isEmpty();
    }

    @Test
    void a_remembered_token_is_refused_once_its_key_is_withdrawn_or_replaced() {
        var published = new HashMap<String, PublicKey>(Map.of(KEY_ID, KEYS.getPublic()));
        var tokens = new AccessTokens(
                id -> Optional.ofNullable(published.get(id)), RevocationList.NONE, Clock.fixed(NOW, ZoneOffset.UTC));
        var token = genuine();
        assertThat(tokens.verify(token, "api")).isPresent();
        published.put(KEY_ID, FOREIGN.getPublic());
        assertThat(tokens.verify(token, "api")).isEmpty();
        published.clear();
        assertThat(tokens.verify(token, "api")).isEmpty();
    }

    @Test
    void a_refused_token_is_not_remembered() {
        var published = new HashMap<String, PublicKey>();
        var tokens = new AccessTokens(
                id -> Optional.ofNullable(published.get(id)), RevocationList.NONE, Clock.fixed(NOW, ZoneOffset.UTC));
        var token = genuine();
        assertThat(tokens.verify(token, "api")).isEmpty();
        published.put(KEY_ID, KEYS.getPublic());
        assertThat(tokens.verify(token, "api")).isPresent();
    }

    @Test
    void a_token_without_signature_is_refused() {
        assertThat(verify(claims().compact())).isEmpty();
        var parts = genuine().split("\\.");
        assertThat(verify(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(verify(encoded(Map.of("alg", "none", "kid", KEY_ID)) + "." + parts[1] + "."))
                .isEmpty();
        assertThat(verify(encoded(Map.of("alg", "None", "kid", KEY_ID)) + "." + parts[1] + "." + parts[2]))
                .isEmpty();
    }

    @Test
    void the_public_key_is_no_secret_to_sign_with() throws Exception {
        var body =
                encoded(Map.of("alg", "HS256", "kid", KEY_ID)) + "." + genuine().split("\\.")[1];
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(KEYS.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        for (var secret : List.of(KEYS.getPublic().getEncoded(), pem.getBytes(StandardCharsets.US_ASCII))) {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            var signature = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
            assertThat(verify(body + "." + signature)).isEmpty();
        }
    }

    @Test
    void another_key_and_another_algorithm_are_refused() {
        assertThat(verify(
                        claims().signWith(FOREIGN.getPrivate(), Jwts.SIG.RS256).compact()))
                .isEmpty();
        assertThat(verify(claims().signWith(KEYS.getPrivate(), Jwts.SIG.RS512).compact()))
                .isEmpty();
        assertThat(verify(claims().signWith(KEYS.getPrivate(), Jwts.SIG.PS256).compact()))
                .isEmpty();
        assertThat(verify(claims().signWith(Keys.hmacShaKeyFor(new byte[32])).compact()))
                .isEmpty();
    }

    @Test
    void a_token_that_brings_its_own_key_is_refused() {
        var jwk = io.jsonwebtoken.security.Jwks.builder()
                .key((java.security.interfaces.RSAPublicKey) FOREIGN.getPublic())
                .build();
        assertThat(verify(claims().header()
                        .add("jwk", jwk)
                        .and()
                        .signWith(FOREIGN.getPrivate(), Jwts.SIG.RS256)
                        .compact()))
                .isEmpty();
    }

    @Test
    void an_unknown_and_a_missing_key_id_are_refused() {
        assertThat(verify(signed(it -> it.header().keyId("other").and()))).isEmpty();
        assertThat(verify(signed(it -> it.header().keyId(null).and()))).isEmpty();
    }

    @Test
    void an_expired_token_is_refused_and_one_that_never_expires_too() {
        assertThat(verify(signed(it -> it.expiration(Date.from(NOW.minusSeconds(6))))))
                .isEmpty();
        assertThat(verify(signed(it -> it.expiration(null)))).isEmpty();
        assertThat(verify(signed(it -> it.notBefore(Date.from(NOW.plus(Duration.ofMinutes(1)))))))
                .isEmpty();
    }

    @Test
    void a_token_for_somebody_else_or_from_somebody_else_is_refused() {
        assertThat(verify(signed(it ->
                        it.audience().remove(AccessTokens.AUDIENCE).add("other").and())))
                .isEmpty();
        assertThat(verify(
                        signed(it -> it.audience().remove(AccessTokens.AUDIENCE).and())))
                .isEmpty();
        assertThat(verify(signed(it -> it.issuer("other")))).isEmpty();
        assertThat(verify(signed(it -> it.issuer(null)))).isEmpty();
    }

    @Test
    void a_compressed_token_is_refused() {
        assertThat(verify(signed(it -> it.compressWith(Jwts.ZIP.DEF)))).isEmpty();
        assertThat(verify(signed(it -> it.compressWith(Jwts.ZIP.GZIP)))).isEmpty();
    }

    @Test
    void a_token_that_was_touched_is_refused() {
        var parts = genuine().split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        var promoted = payload.replace("AUDITOR", "ADMIN");
        assertThat(promoted).isNotEqualTo(payload);
        var tampered =
                Base64.getUrlEncoder().withoutPadding().encodeToString(promoted.getBytes(StandardCharsets.UTF_8));
        assertThat(verify(parts[0] + "." + tampered + "." + parts[2])).isEmpty();
        assertThat(verify(parts[0] + "." + parts[1] + "." + parts[2].substring(2)))
                .isEmpty();
    }

    @Test
    void missing_or_odd_claims_are_refused() {
        assertThat(verify(signed(it -> it.subject(null)))).isEmpty();
        assertThat(verify(signed(it -> it.subject("alice")))).isEmpty();
        assertThat(verify(signed(it -> it.claim(AccessTokens.SESSION_CLAIM, null))))
                .isEmpty();
        assertThat(verify(signed(it -> it.claim(AccessTokens.SESSION_CLAIM, 7))))
                .isEmpty();
        assertThat(verify(signed(it -> it.claim(AccessTokens.ROLES_CLAIM, null))))
                .isEmpty();
        assertThat(verify(signed(it -> it.claim(AccessTokens.ROLES_CLAIM, "ADMIN"))))
                .isEmpty();
        assertThat(verify(signed(it -> it.claim(AccessTokens.ROLES_CLAIM, List.of("KING")))))
                .isEmpty();
        assertThat(verify(signed(it -> it.issuedAt(null)))).isEmpty();
    }

    @Test
    void what_is_no_token_is_refused() {
        for (var text : List.of("", ".", "..", "...", "a.b.c", "{}", "e30.e30.", "\u0000", genuine() + ".x")) {
            assertThat(verify(text)).isEmpty();
        }
    }

    @Test
    void a_revoked_session_or_account_is_refused_and_later_tokens_are_not() {
        for (var id : List.of(SESSION, ALICE)) {
            var revoked = RevocationList.of(List.of(RevocationList.Entry.of(id, NOW.plusMillis(500))));
            assertThat(verify(genuine(), revoked)).isEmpty();
            assertThat(verify(signed(it -> it.issuedAt(Date.from(NOW.plusSeconds(1)))), revoked))
                    .isPresent();
        }
        assertThat(verify(genuine(), RevocationList.of(List.of(RevocationList.Entry.of(UUID.randomUUID(), NOW)))))
                .isPresent();
    }

    private static String encoded(Map<String, String> header) {
        var json = new StringBuilder("{");
        header.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }
}
