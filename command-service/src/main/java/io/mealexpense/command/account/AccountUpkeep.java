package io.mealexpense.command.account;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What accounts need before the first request, and from time to time after it. */
@Component
class AccountUpkeep implements SmartLifecycle {

    private static final Duration REVOCATIONS = Duration.ofSeconds(3);
    private static final Duration DIRECTORY = Duration.ofSeconds(20);
    private static final Duration KEYS = Duration.ofMinutes(1);
    private static final Duration CLEANING = Duration.ofHours(1);

    /** How long ended sessions and used tokens stay, so that a stolen token is still recognised as one. */
    private static final Duration USED_STAYS = Duration.ofDays(7);

    private static final Duration REVOCATIONS_STAY = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(AccountUpkeep.class);

    private final SigningKeys keys;
    private final LiveRevocations revocations;
    private final Directory directory;
    private final FirstAdministrator firstAdministrator;
    private final SessionRows sessions;
    private final RefreshTokenRows refreshTokens;
    private final RevocationRows revocationRows;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private @Nullable ScheduledExecutorService executor;

    AccountUpkeep(
            SigningKeys keys,
            LiveRevocations revocations,
            Directory directory,
            FirstAdministrator firstAdministrator,
            SessionRows sessions,
            RefreshTokenRows refreshTokens,
            RevocationRows revocationRows,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.directory = directory;
        this.firstAdministrator = firstAdministrator;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.revocationRows = revocationRows;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** After Axon's handlers, before the web server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }

    @Override
    public synchronized void start() {
        keys.maintain();
        revocations.refresh();
        directory.followAll();
        firstAdministrator.ensure();
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("account-upkeep").daemon().factory());
        every(started, REVOCATIONS, "refresh revocations", revocations::refresh);
        every(started, DIRECTORY, "follow the log", directory::followAll);
        every(started, KEYS, "maintain signing keys", keys::maintain);
        every(started, CLEANING, "remove what has ended", this::clean);
        executor = started;
    }

    private static void every(ScheduledExecutorService executor, Duration pause, String what, Runnable work) {
        executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        log.warn("Could not {}; trying again in {}", what, pause, failure);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void clean() {
        var now = clock.instant();
        transaction.executeWithoutResult(status -> {
            sessions.deleteEndedBefore(now.minus(USED_STAYS));
            refreshTokens.deleteUsedBefore(now.minus(USED_STAYS));
            revocationRows.deleteBefore(now.minus(REVOCATIONS_STAY));
        });
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
