package io.mealexpense.query.eventstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Shares the read models among the instances that are there: who has more of them than its part hands one over, one
 * after the other, until none has two more than another. An instance that falls silent is not counted any more, as its
 * claims are not, so that nobody keeps anything for it.
 */
final class Sharing implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sharing.class);

    /** Between two looks; meanwhile others take what was handed over. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final String SEEN = """
            INSERT INTO read_model.projection_instance AS known (instance, seen_at) VALUES (:instance, clock_timestamp())
                ON CONFLICT (instance) DO UPDATE SET seen_at = clock_timestamp()
            """;

    /** The part of each is rounded up, so that in the end nobody hands over. */
    private static final String TOO_MANY = """
            WITH part AS (
                SELECT ceil((SELECT count(*) FROM read_model.projection_token WHERE segment = 0 AND projection NOT LIKE '%@%')
                            / greatest(1, count(*))::numeric) AS projections
                  FROM read_model.projection_instance
                 WHERE seen_at BETWEEN clock_timestamp() - make_interval(secs => :timeout) AND clock_timestamp()),
            ours AS (
                SELECT projection FROM read_model.projection_token WHERE owner = :instance AND segment = 0)
            SELECT projection FROM ours
             WHERE (SELECT count(*) FROM ours) > (SELECT projections FROM part)
             ORDER BY projection DESC LIMIT 1
            """;

    private static final String FORGET = """
            DELETE FROM read_model.projection_instance
             WHERE instance = :instance OR seen_at < clock_timestamp() - interval '1 hour'
            """;

    private final JdbcClient jdbc;
    private final String instance;
    private final double timeoutSeconds;
    private final Consumer<String> handOver;
    private @Nullable ScheduledExecutorService looks;
    private boolean failing;

    /**
     * @param instance the owner of what this process projects
     * @param claimTimeout after which an instance that fell silent is gone
     * @param handOver lets another instance have a projection, by name
     */
    Sharing(JdbcClient jdbc, String instance, Duration claimTimeout, Consumer<String> handOver) {
        this.jdbc = jdbc;
        this.instance = instance;
        this.timeoutSeconds = claimTimeout.toMillis() / 1000.0;
        this.handOver = handOver;
    }

    /**
     * After Axon's processors: nobody need hand anything over to an instance that cannot take it yet. They stop after it,
     * when it is not counted any more.
     */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }

    @Override
    public synchronized void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("projection-sharing").daemon().factory());
        started.scheduleWithFixedDelay(this::lookOrTell, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        looks = started;
    }

    private void lookOrTell() {
        try {
            look();
            failing = false;
        } catch (RuntimeException failure) { // whatever it is: who stops looking is taken for gone
            if (!failing) {
                log.warn("The read models cannot be shared at the moment: {}", failure.getMessage());
                failing = true;
            }
        }
    }

    /** Says that this instance is there, and hands one projection over if it has too many. */
    void look() {
        jdbc.sql(SEEN).param("instance", instance).update();
        tooMany().ifPresent(projection -> {
            log.info("Projection {} is handed over: another instance has fewer", projection);
            handOver.accept(projection);
        });
    }

    private Optional<String> tooMany() {
        return jdbc.sql(TOO_MANY)
                .param("instance", instance)
                .param("timeout", timeoutSeconds)
                .query(String.class)
                .optional();
    }

    /** The others need not wait until it has been silent for long enough. */
    @Override
    public synchronized void stop() {
        if (looks == null) {
            return;
        }
        looks.shutdownNow();
        try {
            looks.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        looks = null;
        try {
            jdbc.sql(FORGET).param("instance", instance).update();
        } catch (DataAccessException | TransactionException unreachable) {
            log.debug("This instance will be taken for gone in {} s", timeoutSeconds, unreachable);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looks != null;
    }
}
