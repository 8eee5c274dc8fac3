package io.mealexpense.edge.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.LocatorAdapter;
import io.jsonwebtoken.ProtectedHeader;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads access tokens: RS256 JWTs with {@code sub}, {@code sid}, {@code roles}, {@code aud}, {@code iss}. */
public final class AccessTokens {

    public static final String ISSUER = "meal-expense-tracker";
    public static final String AUDIENCE = "meal-expense-api";
    public static final String SESSION_CLAIM = "sid";
    public static final String ROLES_CLAIM = "roles";
    public static final SignatureAlgorithm ALGORITHM = Jwts.SIG.RS256;

    /** Seconds that two services' clocks may differ. */
    private static final long CLOCK_SKEW = 5;

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);

    /** Tokens that are remembered; the least used ones beyond that are verified anew. */
    private static final long REMEMBERED = 10_000;

    private final JwtParser parser;
    private final VerificationKeys keys;
    private final Revocations revocations;
    private final Clock clock;
    /** By SHA-256 of the token: checking the signature costs more than all else that reading a token takes. */
    private final Cache<ByteBuffer, Verified> verified =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** What a genuine token says, and with which key it was found genuine. */
    private record Verified(
            UUID account,
            UUID session,
            Set<Role> roles,
            Instant issuedAt,
            Instant expiresAt,
            String keyId,
            PublicKey key) {}

    public AccessTokens(VerificationKeys keys, Revocations revocations, Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
        this.parser = Jwts.parser()
                .keyLocator(new LocatorAdapter<>() {
                    @Override
                    protected Key locate(ProtectedHeader header) {
                        return Optional.ofNullable(header.getKeyId())
                                .flatMap(keys::find)
                                .orElseThrow(() -> new UnsupportedJwtException("Unknown key"));
                    }
                })
                .sig()
                .clear()
                .add(ALGORITHM)
                .and()
                .zip()
                .clear() // compressed tokens could be bombs
                .and()
                .requireIssuer(ISSUER)
                .requireAudience(AUDIENCE)
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(CLOCK_SKEW)
                .build();
    }

    /**
     * The actor of a genuine, current, unrevoked token; empty for any other.
     *
     * @throws KeysUnavailableException if it cannot be said whether it is
     */
    public Optional<Actor> verify(String token, String client) {
        try {
            var claims = genuine(token);
            return revocations.revoked(claims.session(), claims.account(), claims.issuedAt())
                    ? Optional.empty()
                    : Optional.of(new Actor(claims.account(), claims.roles(), claims.session(), client));
        } catch (JwtException | IllegalArgumentException | NullPointerException | ClassCastException refused) {
            log.debug("Access token refused: {}", refused.toString());
            return Optional.empty();
        }
    }

    /** Remembered while it has not expired and its key is still published; whether it is revoked is asked every time. */
    private Verified genuine(String token) {
        var fingerprint = fingerprint(token);
        var known = verified.getIfPresent(fingerprint);
        if (known != null
                && !clock.instant().minusSeconds(CLOCK_SKEW).isAfter(known.expiresAt())
                && keys.find(known.keyId()).filter(known.key()::equals).isPresent()) {
            return known;
        }
        verified.invalidate(fingerprint);
        var read = read(token);
        verified.put(fingerprint, read);
        return read;
    }

    private Verified read(String token) {
        var signed = parser.parseSignedClaims(token);
        var keyId = signed.getHeader().getKeyId();
        Claims claims = signed.getPayload();
        return new Verified(
                UUID.fromString(claims.getSubject()),
                UUID.fromString(claims.get(SESSION_CLAIM, String.class)),
                roles(claims),
                claims.getIssuedAt().toInstant(),
                claims.getExpiration().toInstant(),
                keyId,
                keys.find(keyId).orElseThrow(() -> new UnsupportedJwtException("Unknown key")));
    }

    private static ByteBuffer fingerprint(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Set<Role> roles(Claims claims) {
        return ((Collection<?>) claims.get(ROLES_CLAIM))
                .stream().map(role -> Role.valueOf(role.toString())).collect(Collectors.toUnmodifiableSet());
    }
}
