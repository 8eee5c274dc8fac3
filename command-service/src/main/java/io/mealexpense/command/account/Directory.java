package io.mealexpense.command.account;

import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.edge.security.Role;
import io.mealexpense.events.AccountDisabled;
import io.mealexpense.events.AccountEnabled;
import io.mealexpense.events.AccountEvent;
import io.mealexpense.events.AccountRegistered;
import io.mealexpense.events.PasswordChanged;
import io.mealexpense.events.RoleGranted;
import io.mealexpense.events.RoleRevoked;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the directory's rows at what the log says of roles, status and passwords, with every consequence for sessions.
 * The log comes first: whoever dies in between leaves a row that the next sign-in, or the next look at all of them,
 * brings up to date.
 */
@Component
public class Directory {

    private static final UUID NO_SESSION = new UUID(0, 0);

    private static final Logger log = LoggerFactory.getLogger(Directory.class);

    private final Credentials credentials;
    private final SessionRows sessions;
    private final RevocationRows revocationRows;
    private final LiveRevocations revocations;
    private final StoredEvents storedEvents;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Directory(
            Credentials credentials,
            SessionRows sessions,
            RevocationRows revocationRows,
            LiveRevocations revocations,
            StoredEvents storedEvents,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            Clock clock) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.revocationRows = revocationRows;
        this.revocations = revocations;
        this.storedEvents = storedEvents;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Everybody, in the order of their registration. */
    public List<AccountView> everybody() {
        return credentials.everybody().stream().map(Credential::view).toList();
    }

    /** One account. */
    public Optional<AccountView> find(UUID id) {
        return credentials.findById(id).map(Credential::view);
    }

    /** The account's row as the log has it by now. */
    Optional<Credential> follow(UUID id) {
        var row = credentials.findById(id);
        if (row.isEmpty()) {
            return row;
        }
        var news = storedEvents.from(id, row.get().version + 1);
        if (news.isEmpty()) {
            return row;
        }
        var followed = transaction.execute(status -> credentials.lock(id).map(locked -> apply(news, locked)));
        revocations.refresh();
        return followed;
    }

    /** Brings every row up to date that somebody left behind. */
    void followAll() {
        for (var id : credentials.behindTheLog()) {
            log.info("The directory's row of account {} was behind the log", id);
            follow(id);
        }
    }

    private Credential apply(List<StoredEvents.Found> news, Credential row) {
        var known = row.version > Credential.NOTHING_YET;
        for (var fact : news) {
            if (fact.receipt().version() > row.version) {
                apply((AccountEvent) fact.event(), fact.receipt().version(), row);
                row.version = fact.receipt().version();
            }
        }
        if (known) {
            // the roles in tokens that are out may be others by now
            revocationRows.add(row.id, clock.instant());
        }
        return row;
    }

    private void apply(AccountEvent event, long sequence, Credential row) {
        switch (event) {
            case AccountRegistered it -> {
                row.status = AccountStatus.ACTIVE;
                row.roles.add(Role.MEMBER);
            }
            case RoleGranted it -> row.roles.add(Role.valueOf(it.role()));
            case RoleRevoked it -> row.roles.remove(Role.valueOf(it.role()));
            case AccountDisabled it -> {
                row.status = AccountStatus.DISABLED;
                sessions.revokeAllBut(row.id, NO_SESSION, clock.instant());
            }
            case AccountEnabled it -> row.status = AccountStatus.ACTIVE;
            case PasswordChanged it -> {
                var survivor = row.nextPasswordSession;
                if (row.nextPasswordHash != null
                        && row.nextPasswordVersion != null
                        && row.nextPasswordVersion == sequence) {
                    row.passwordHash = row.nextPasswordHash;
                }
                row.forgetNextPassword();
                sessions.revokeAllBut(row.id, survivor == null ? NO_SESSION : survivor, clock.instant());
            }
        }
    }
}
