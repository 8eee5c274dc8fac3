package io.mealexpense.command.account;

import io.mealexpense.command.account.AccountCommand.ChangePassword;
import io.mealexpense.command.account.AccountCommand.DisableAccount;
import io.mealexpense.command.account.AccountCommand.EnableAccount;
import io.mealexpense.command.account.AccountCommand.GrantRole;
import io.mealexpense.command.account.AccountCommand.RevokeRole;
import io.mealexpense.command.account.Credential.NextPassword;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes what accounts may do and how they sign in. Asking for what is so already changes nothing and is fine. */
@Component
public class Administration {

    /** After this long a prepared password whose change never reached the log makes room for another. */
    private static final Duration PREPARED = Duration.ofMinutes(1);

    private final Credentials credentials;
    private final Directory directory;
    private final Commands commands;
    private final StoredEvents storedEvents;
    private final Passwords passwords;
    private final Throttle throttle;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Administration(
            Credentials credentials,
            Directory directory,
            Commands commands,
            StoredEvents storedEvents,
            Passwords passwords,
            Throttle throttle,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            Clock clock) {
        this.credentials = credentials;
        this.directory = directory;
        this.commands = commands;
        this.storedEvents = storedEvents;
        this.passwords = passwords;
        this.throttle = throttle;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    public Receipt grant(UUID account, Role role, Actor actor) {
        return change(account, actor, id -> new GrantRole(id, actor, role));
    }

    public Receipt revoke(UUID account, Role role, Actor actor) {
        return change(account, actor, id -> new RevokeRole(id, actor, role));
    }

    public Receipt disable(UUID account, Actor actor) {
        return change(account, actor, id -> new DisableAccount(id, actor));
    }

    public Receipt enable(UUID account, Actor actor) {
        return change(account, actor, id -> new EnableAccount(id, actor));
    }

    private Receipt change(UUID account, Actor actor, Function<AccountId, AccountCommand> command) {
        // an aggregate of another kind may have this id
        var row = directory.follow(account).orElseThrow(ProblemException::notFound);
        Receipt receipt;
        try {
            receipt = commands.send(row.id, command.apply(new AccountId(row.id)), RequestContext.of(actor));
        } catch (AggregateNotFoundException pending) {
            throw ProblemException.notFound();
        } catch (AccountRefused.NothingToChange same) {
            receipt = storedEvents.last(row.id).orElseThrow().receipt();
        }
        directory.follow(row.id);
        return receipt;
    }

    /**
     * Changes the actor's own password and ends their other sessions. The new hash is prepared in the directory, the
     * change goes on record, and then the hash counts.
     *
     * @throws ProblemException 422 if the current password is wrong, 429 if it was too often
     */
    public Receipt changePassword(Actor actor, String current, String next) {
        var row = directory.follow(actor.accountId()).orElseThrow(ProblemException::notFound);
        throttle.beforePassword(row.email);
        if (!passwords.matches(current, row.passwordHash)) {
            throttle.wrongPassword(row.email);
            throw new ProblemException(
                    ProblemType.REFUSED, // not 401: the session is fine
                    "The current password is wrong.",
                    List.of(new FieldError("currentPassword", "is wrong")));
        }
        prepare(row.id, new NextPassword(passwords.hash(next), row.version + 1, actor.sessionId(), clock.instant()));
        var command = new ChangePassword(new AccountId(row.id), actor, row.version);
        var receipt = commands.send(row.id, command, RequestContext.of(actor));
        directory.follow(row.id);
        return receipt;
    }

    /** One change at a time: two hashes cannot wait for the same event. */
    private void prepare(UUID account, NextPassword next) {
        transaction.executeWithoutResult(status -> {
            var row = credentials.lock(account).orElseThrow();
            var waiting = row.nextPasswordVersion != null
                    && row.nextPasswordVersion >= next.version()
                    && row.nextPasswordAt != null
                    && row.nextPasswordAt.plus(PREPARED).isAfter(next.at());
            if (waiting || row.version >= next.version()) {
                throw new AccountRefused.Overtaken();
            }
            row.prepare(next);
        });
    }
}
