package io.mealexpense.command.account;

import io.jsonwebtoken.Jwts;
import io.mealexpense.edge.security.AccessTokens;
import io.mealexpense.edge.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes access tokens; {@link AccessTokens} reads them. */
@Component
class AccessTokenIssuer {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SigningKeys keys;

    AccessTokenIssuer(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * Tokens say when they were issued in whole seconds, and one issued in the second of a revocation would be refused
     * with those it was meant for: then it says the second after.
     *
     * @param lastRevocation of the account, if there was one lately
     */
    String issue(UUID account, UUID session, Collection<Role> roles, Instant now, @Nullable Instant lastRevocation) {
        var issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        if (lastRevocation != null && !issuedAt.isAfter(lastRevocation)) {
            issuedAt = lastRevocation.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        }
        var signer = keys.signer();
        return Jwts.builder()
                .header()
                .keyId(signer.keyId())
                .and()
                .issuer(AccessTokens.ISSUER)
                .audience()
                .add(AccessTokens.AUDIENCE)
                .and()
                .subject(account.toString())
                .claim(AccessTokens.SESSION_CLAIM, session.toString())
                .claim(
                        AccessTokens.ROLES_CLAIM,
                        roles.stream().map(Role::name).sorted().toList())
                .issuedAt(Date.from(issuedAt))
                .expiration(Date.from(now.plus(LIFETIME)))
                .signWith(signer.key(), Jwts.SIG.RS256)
                .compact();
    }
}
