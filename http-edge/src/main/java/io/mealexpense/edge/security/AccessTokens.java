package io.mealexpense.edge.security;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.LocatorAdapter;
import io.jsonwebtoken.ProtectedHeader;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.security.Key;
import java.time.Clock;
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

    private final JwtParser parser;
    private final Revocations revocations;

    public AccessTokens(VerificationKeys keys, Revocations revocations, Clock clock) {
        this.revocations = revocations;
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

    /** The actor of a genuine, current, unrevoked token; empty for any other. */
    public Optional<Actor> verify(String token, String client) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            var account = UUID.fromString(claims.getSubject());
            var session = UUID.fromString(claims.get(SESSION_CLAIM, String.class));
            if (claims.getExpiration() == null
                    || revocations.revoked(
                            session, account, claims.getIssuedAt().toInstant())) {
                return Optional.empty();
            }
            return Optional.of(new Actor(account, roles(claims), session, client));
        } catch (JwtException | IllegalArgumentException | NullPointerException | ClassCastException refused) {
            log.debug("Access token refused: {}", refused.toString());
            return Optional.empty();
        }
    }

    private static Set<Role> roles(Claims claims) {
        return ((Collection<?>) claims.get(ROLES_CLAIM))
                .stream().map(role -> Role.valueOf(role.toString())).collect(Collectors.toUnmodifiableSet());
    }
}
