package io.mealexpense.command.account;

import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Device;
import io.mealexpense.edge.security.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Signs people in, keeps them signed in, signs them out. */
@Component
public class Sessions {

    /** Clients that keep their tokens in cookies. */
    public static final String WEB = "web";

    /** Clients that keep their tokens themselves. */
    public static final String API = "api";

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private final Credentials credentials;
    private final SessionRows rows;
    private final RefreshTokenRows refreshTokens;
    private final RevocationRows revocationRows;
    private final LiveRevocations revocations;
    private final Registration registration;
    private final Directory directory;
    private final Passwords passwords;
    private final Throttle throttle;
    private final AccessTokenIssuer accessTokens;
    private final TransactionTemplate transaction;
    private final Duration lifetime;
    private final Duration grace;
    private final Clock clock;

    /** What a client gets to act with. */
    public record Tokens(String accessToken, Duration accessLifetime, String refreshToken, Duration refreshLifetime) {

        /** Without the tokens: this may end in a log. */
        @Override
        public String toString() {
            return "Tokens[" + accessLifetime + ", " + refreshLifetime + "]";
        }
    }

    Sessions(
            Credentials credentials,
            SessionRows rows,
            RefreshTokenRows refreshTokens,
            RevocationRows revocationRows,
            LiveRevocations revocations,
            Registration registration,
            Directory directory,
            Passwords passwords,
            Throttle throttle,
            AccessTokenIssuer accessTokens,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            AccountProperties properties,
            Clock clock) {
        this.credentials = credentials;
        this.rows = rows;
        this.refreshTokens = refreshTokens;
        this.revocationRows = revocationRows;
        this.revocations = revocations;
        this.registration = registration;
        this.directory = directory;
        this.passwords = passwords;
        this.throttle = throttle;
        this.accessTokens = accessTokens;
        this.transaction = new TransactionTemplate(transactions);
        this.lifetime = properties.session().lifetime();
        this.grace = properties.session().grace();
        this.clock = clock;
    }

    /**
     * Begins a session. Whoever may not get in learns nothing of why: the answer and the work are the same.
     *
     * @param typed e-mail address as typed
     * @param client {@code web} or {@code api}
     * @param device kind of device that it is on, where it can be told
     * @throws ProblemException 401 if the two do not belong together, 429 after too many wrong passwords
     */
    public Tokens signIn(String typed, String password, String client, @Nullable Device device) {
        var email = Email.parse(typed).map(Email::value).orElse(typed);
        throttle.beforePassword(email);
        var row = credentials.findByEmail(email);
        var genuine =
                passwords.matches(password, row.map(found -> found.passwordHash).orElse(null));
        if (!genuine) {
            throttle.wrongPassword(email);
            throw badCredentials();
        }
        var found = row.orElseThrow();
        if (found.pending()) {
            registration.complete(found, RequestContext.of(found.id, client, device));
        }
        // the log may know of a new password or of a disabling that the row did not
        return directory
                .follow(found.id)
                .filter(current -> current.passwordHash.equals(found.passwordHash))
                .flatMap(current -> begin(current.id, client))
                .orElseThrow(Sessions::badCredentials);
    }

    private Optional<Tokens> begin(UUID accountId, String client) {
        var refreshToken = Secrets.token();
        var grant = transaction.execute(status -> active(accountId).map(account -> {
            var now = clock.instant();
            var session = rows.save(new Session(UUID.randomUUID(), accountId, client, now, now.plus(lifetime)));
            return grant(account, session, refreshToken, now);
        }));
        return grant.map(it -> tokens(it, refreshToken));
    }

    /**
     * Exchanges a refresh token for new tokens. One that comes a second time was stolen, or its owner's was: the
     * session ends.
     *
     * @param client {@code web} or {@code api}; a browser may repeat itself within a short grace
     * @throws ProblemException 401 if it is worth nothing
     */
    public Tokens refresh(String refreshToken, String client) {
        var hash = Secrets.hash(refreshToken);
        var session = refreshTokens
                .findById(hash)
                .flatMap(token -> rows.findById(token.sessionId))
                .orElseThrow(Sessions::signedOut);
        directory.follow(session.accountId);
        var next = Secrets.token();
        var grant = transaction.execute(status -> exchange(session, hash, client, next));
        if (grant.isEmpty()) {
            revocations.refresh();
            throw signedOut();
        }
        return tokens(grant.get(), next);
    }

    /** Always the account before the session: whoever disables an account locks them in that order too. */
    private Optional<Grant> exchange(Session found, String hash, String client, String next) {
        var account = active(found.accountId);
        var now = clock.instant();
        var session = rows.lock(found.id).filter(it -> it.livesAt(now) && it.client.equals(client));
        var token = refreshTokens.findById(hash);
        if (account.isEmpty() || session.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        var used = token.get().usedAt;
        if (used == null) {
            token.get().usedAt = now;
        } else if (!client.equals(WEB) || now.isAfter(used.plus(grace))) {
            log.warn("A refresh token came a second time; session {} ends", found.id);
            end(session.get(), now);
            return Optional.empty();
        }
        session.get().expiresAt = now.plus(lifetime);
        return Optional.of(grant(account.get(), session.get(), next, now));
    }

    /** Ends the session of this refresh token, or none. */
    public void signOut(String refreshToken) {
        refreshTokens.findById(Secrets.hash(refreshToken)).ifPresent(token -> signOut(token.sessionId));
    }

    /** Ends a session. */
    public void signOut(UUID sessionId) {
        transaction.executeWithoutResult(status -> rows.lock(sessionId)
                .filter(session -> session.revokedAt == null)
                .ifPresent(session -> end(session, clock.instant())));
        revocations.refresh();
    }

    private void end(Session session, Instant now) {
        session.revokedAt = now;
        // it gets no tokens any more, so all it ever got are refused, whatever second they name
        revocationRows.add(session.id, now.plus(AccessTokenIssuer.LIFETIME));
    }

    /**
     * The account, held until the end of the transaction: a change of its roles either is seen here, or comes later and
     * revokes what is issued here.
     */
    private Optional<Credential> active(UUID accountId) {
        return credentials.hold(accountId).filter(account -> account.status == AccountStatus.ACTIVE);
    }

    private Grant grant(Credential account, Session session, String refreshToken, Instant now) {
        refreshTokens.save(new RefreshToken(Secrets.hash(refreshToken), session.id, now));
        var lastRevocation = revocationRows.findById(account.id).map(row -> row.at);
        return new Grant(account.id, session.id, Set.copyOf(account.roles), now, lastRevocation.orElse(null));
    }

    private Tokens tokens(Grant grant, String refreshToken) {
        var accessToken = accessTokens.issue(
                grant.accountId(), grant.sessionId(), grant.roles(), grant.now(), grant.lastRevocation());
        return new Tokens(accessToken, AccessTokenIssuer.LIFETIME, refreshToken, lifetime);
    }

    private record Grant(
            UUID accountId,
            UUID sessionId,
            Set<Role> roles,
            Instant now,
            @Nullable Instant lastRevocation) {}

    private static ProblemException badCredentials() {
        return new ProblemException(ProblemType.BAD_CREDENTIALS, "Check both and try again.");
    }

    private static ProblemException signedOut() {
        return new ProblemException(ProblemType.UNAUTHENTICATED, "The session has ended. Sign in again.");
    }
}
