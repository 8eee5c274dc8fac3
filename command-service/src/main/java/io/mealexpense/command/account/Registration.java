package io.mealexpense.command.account;

import io.mealexpense.command.account.AccountCommand.RegisterAccount;
import io.mealexpense.command.account.AccountCommand.RegisterAdministrator;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Device;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens accounts. The directory and the log are written one after the other: a pending row, the events, the active
 * row. Whoever is interrupted signs in, and that completes it.
 */
@Component
public class Registration {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final Credentials credentials;
    private final SetupTokenRows setupTokens;
    private final Passwords passwords;
    private final Commands commands;
    private final StoredEvents storedEvents;
    private final Directory directory;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /**
     * An account that was opened.
     *
     * @param receipt its version, and where its last event stands in the log
     */
    public record Registered(AccountView account, Receipt receipt) {}

    Registration(
            Credentials credentials,
            SetupTokenRows setupTokens,
            Passwords passwords,
            Commands commands,
            StoredEvents storedEvents,
            Directory directory,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            Clock clock) {
        this.credentials = credentials;
        this.setupTokens = setupTokens;
        this.passwords = passwords;
        this.commands = commands;
        this.storedEvents = storedEvents;
        this.directory = directory;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Opens a member's account.
     *
     * @param client kind of client that asks
     * @param device kind of device that it is on, where it can be told
     * @throws ProblemException 409 if the e-mail address has an account
     */
    public Registered register(NewAccount account, String client, @Nullable Device device) {
        requireFree(account.email());
        var hash = passwords.hash(account.password());
        var row = free(account.email(), () -> pending(account, hash, false));
        return completed(row, client, device);
    }

    /**
     * Makes the first administrator.
     *
     * @param token that was handed to whoever installed the product
     * @param client kind of client that asks
     * @param device kind of device that it is on, where it can be told
     * @throws ProblemException 410 if the token was used, 403 if there is no such token, 409 if the e-mail address has
     *     an account
     */
    public Registered setUp(String token, NewAccount account, String client, @Nullable Device device) {
        var tokenHash = Secrets.hash(token);
        setupTokens.findById(tokenHash).ifPresentOrElse(Registration::requireUnused, this::refuseToken);
        requireFree(account.email());
        var hash = passwords.hash(account.password());
        var row = free(account.email(), () -> {
            var mine = setupTokens.lock(tokenHash);
            mine.ifPresentOrElse(Registration::requireUnused, this::refuseToken);
            mine.orElseThrow().usedAt = clock.instant();
            return pending(account, hash, true);
        });
        return completed(row, client, device);
    }

    /** For whoever configured an administrator. */
    void registerAdministrator(NewAccount account) {
        var hash = passwords.hash(account.password());
        var row = free(account.email(), () -> pending(account, hash, true));
        complete(row, RequestContext.system());
    }

    private static void requireUnused(SetupToken token) {
        if (token.usedAt != null) {
            throw usedUp();
        }
    }

    private void refuseToken() {
        throw credentials.anyAdministrator()
                ? usedUp()
                : new ProblemException(ProblemType.FORBIDDEN, "This is not the set-up link of this installation.");
    }

    private static ProblemException usedUp() {
        return new ProblemException(ProblemType.GONE, "This installation has been set up. Sign in instead.");
    }

    private void requireFree(Email email) {
        if (credentials.existsByEmail(email.value())) {
            throw taken();
        }
    }

    private Credential free(Email email, Supplier<Credential> insert) {
        try {
            return transaction.execute(status -> insert.get());
        } catch (DataIntegrityViolationException violation) {
            if (credentials.existsByEmail(email.value())) { // somebody was faster
                throw taken();
            }
            throw violation;
        }
    }

    private static ProblemException taken() {
        return new ProblemException(ProblemType.EMAIL_TAKEN, "Sign in, or use another e-mail address.");
    }

    private Credential pending(NewAccount account, String hash, boolean administrator) {
        return credentials.saveAndFlush(
                new Credential(UUID.randomUUID(), account, hash, administrator, clock.instant()));
    }

    private Registered completed(Credential row, String client, @Nullable Device device) {
        var receipt = complete(row, RequestContext.of(row.id, client, device));
        return new Registered(directory.find(row.id).orElseThrow(), receipt);
    }

    /** Puts a pending account on record, unless it is. */
    Receipt complete(Credential row, RequestContext context) {
        var id = new AccountId(row.id);
        var command = row.firstAdministrator
                ? new RegisterAdministrator(id, row.currency, row.zone)
                : new RegisterAccount(id, row.currency, row.zone);
        Receipt receipt;
        try {
            receipt = commands.send(row.id, command, context);
        } catch (AggregateStreamCreationException recordedBefore) {
            log.info("The registration of account {} was interrupted after it was recorded", row.id);
            receipt = storedEvents.last(row.id).orElseThrow().receipt();
        }
        directory.follow(row.id);
        return receipt;
    }
}
