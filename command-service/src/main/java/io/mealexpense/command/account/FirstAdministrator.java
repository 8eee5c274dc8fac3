package io.mealexpense.command.account;

import io.mealexpense.command.eventstore.LogClosedException;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.edge.problem.ProblemException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sees to it that somebody can run the system: by configuration, or by inviting whoever installed it. */
@Component
class FirstAdministrator {

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    private final AccountProperties.AdminProperties configured;
    private final Credentials credentials;
    private final SetupTokenRows setupTokens;
    private final Registration registration;
    private final ObjectProvider<SetupInvitation> invitation;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FirstAdministrator(
            AccountProperties properties,
            Credentials credentials,
            SetupTokenRows setupTokens,
            Registration registration,
            ObjectProvider<SetupInvitation> invitation,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            Clock clock) {
        this.configured = properties.admin();
        this.credentials = credentials;
        this.setupTokens = setupTokens;
        this.registration = registration;
        this.invitation = invitation;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Before the first request is taken. A log that waits for a declaration does not keep the service from its start. */
    void ensure() {
        try {
            ensureWhileOpen();
        } catch (LogClosedException closed) {
            log.warn("The first administrator's registration was not completed: {}", closed.getMessage());
        }
    }

    private void ensureWhileOpen() {
        // set up before and interrupted
        credentials
                .findByFirstAdministratorTrueAndStatus(AccountStatus.PENDING)
                .forEach(pending -> registration.complete(pending, RequestContext.system()));
        if (!configured.given() || credentials.anyAdministrator()) {
            return;
        }
        var email = Email.parse(configured.email())
                .orElseThrow(() -> new IllegalStateException("MEALS_ADMIN_EMAIL is not an e-mail address"));
        var length = configured.password().length();
        if (length < Passwords.MIN_LENGTH || length > Passwords.MAX_LENGTH) {
            throw new IllegalStateException("MEALS_ADMIN_PASSWORD must have %d to %d characters"
                    .formatted(Passwords.MIN_LENGTH, Passwords.MAX_LENGTH));
        }
        try {
            registration.registerAdministrator(new NewAccount(
                    email,
                    configured.password(),
                    "Administrator",
                    NewAccount.DEFAULT_CURRENCY,
                    NewAccount.DEFAULT_ZONE));
            log.info("The configured administrator was made");
        } catch (ProblemException taken) {
            log.warn(
                    "The configured administrator was not made: {}. Another instance did it, or a member has the"
                            + " address.",
                    taken.getMessage());
        }
    }

    /** Once the service answers, so that the link works when it is read; before anybody greets. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void invite() {
        invitation.ifAvailable(invited -> {
            if (!credentials.anyAdministrator()) {
                var token = Secrets.token();
                transaction.executeWithoutResult(status -> {
                    setupTokens.deleteUnused(); // nobody can read an old one any more
                    setupTokens.save(new SetupToken(Secrets.hash(token), clock.instant()));
                });
                invited.invite(token);
            }
        });
    }
}
