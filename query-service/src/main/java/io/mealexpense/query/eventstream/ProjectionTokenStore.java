package io.mealexpense.query.eventstream;

import io.mealexpense.query.readmodel.ProjectionProgress;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tokens beside the rows they speak of, moved in the same transaction. A claim is judged by the server's clock alone:
 * instances whose clocks differ do not rob each other. If that clock was put back, claims of its future count as lost.
 */
final class ProjectionTokenStore implements TokenStore {

    /**
     * Begins over the rows that were live last, which take no event twice: those in generation 0 would be none, or old.
     */
    private static final String BEGIN = """
            INSERT INTO read_model.projection_token (projection, segment, position, generation, complete_from)
            VALUES (:projection, :segment, :position,
                    coalesce((SELECT CASE WHEN to_regnamespace('read_model_' || last.generation) IS NULL THEN 0
                                          ELSE last.generation END
                                FROM (SELECT generation FROM read_model.projection_rebuild
                                       WHERE state = 'swapped' AND :projection = ANY (projections)
                                       ORDER BY finished_at DESC LIMIT 1) last), 0),
                    :end)
                ON CONFLICT DO NOTHING
            """;

    private final JdbcClient jdbc;
    private final LogSource source;
    private final ProjectionProgress progress;
    private final String instance;
    private final double claimTimeoutSeconds;
    private final FirstCopies firstCopies;

    /**
     * @param instance names this process among all that ever run
     */
    ProjectionTokenStore(
            JdbcClient jdbc,
            LogSource source,
            ProjectionProgress progress,
            String instance,
            Duration claimTimeout,
            FirstCopies firstCopies) {
        this.jdbc = jdbc;
        this.source = source;
        this.progress = progress;
        this.firstCopies = firstCopies;
        this.instance = instance;
        this.claimTimeoutSeconds = claimTimeout.toMillis() / 1000.0;
    }

    @Override
    public void initializeTokenSegments(String projection, int segments, @Nullable TrackingToken initial) {
        var end = source.end();
        for (var segment = 0; segment < segments; segment++) {
            var made = jdbc.sql(BEGIN)
                    .param("projection", projection)
                    .param("segment", segment)
                    .param("position", positionOf(initial))
                    .param("end", end)
                    .update();
            if (made > 0) {
                firstCopies.want(projection);
            }
        }
    }

    @Override
    public void initializeTokenSegments(String projection, int segments) {
        initializeTokenSegments(projection, segments, null);
    }

    /** Begins every batch, whose row is locked from here on: an owner that freezes must not keep it for longer. */
    @Override
    public void storeToken(@Nullable TrackingToken token, String projection, int segment) {
        var position = positionOf(token);
        jdbc.sql("""
                        UPDATE read_model.projection_token
                           SET position = ?, claimed_at = clock_timestamp(), error = NULL, error_at = NULL
                         WHERE projection = ? AND segment = ? AND owner = ?
                        RETURNING set_config('idle_in_transaction_session_timeout', ?, true)
                        """)
                .params(position, projection, segment, instance, claimTimeoutSeconds + "s")
                .query(String.class)
                .optional()
                .orElseThrow(() -> notOurs(projection, segment));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                progress.committed(projection, position);
            }
        });
    }

    /** Turns the current transaction to the generation that is live, and says which one that is. */
    long enter(String projection) {
        return jdbc.sql("""
                        SELECT generation, set_config('search_path', schema, false)
                          FROM read_model.projection_token WHERE projection = ? AND segment = 0
                        """)
                .param(projection)
                .query((row, number) -> row.getLong("generation"))
                .single();
    }

    @Override
    public TrackingToken fetchToken(String projection, int segment) {
        return jdbc.sql("""
                        UPDATE read_model.projection_token
                           SET owner = :instance, claimed_at = clock_timestamp()
                         WHERE projection = :projection AND segment = :segment
                           AND (owner IS NULL OR owner = :instance
                                OR claimed_at NOT BETWEEN clock_timestamp() - make_interval(secs => :timeout)
                                                      AND clock_timestamp())
                           AND NOT EXISTS (SELECT FROM read_model.projection_rebuild r
                                            WHERE r.initial AND r.finished_at IS NULL AND :projection = ANY (r.projections))
                        RETURNING position
                        """)
                .param("instance", instance)
                .param("projection", projection)
                .param("segment", segment)
                .param("timeout", claimTimeoutSeconds)
                .query(Long.class)
                .optional()
                .map(GlobalSequenceTrackingToken::new)
                .orElseThrow(() -> notOurs(projection, segment));
    }

    @Override
    public void extendClaim(String projection, int segment) {
        var ours = jdbc.sql("""
                        UPDATE read_model.projection_token
                           SET claimed_at = clock_timestamp(), error = NULL, error_at = NULL
                         WHERE projection = ? AND segment = ? AND owner = ?
                        """).params(projection, segment, instance).update();
        if (ours == 0) {
            throw notOurs(projection, segment);
        }
    }

    @Override
    public void releaseClaim(String projection, int segment) {
        jdbc.sql(
                        "UPDATE read_model.projection_token SET owner = NULL WHERE projection = ? AND segment = ? AND owner = ?")
                .params(projection, segment, instance)
                .update();
    }

    /** Keeps why the projection does not move on, for operators, until it does. */
    void failed(String projection, int segment, String why) {
        jdbc.sql("UPDATE read_model.projection_token SET error = ?, error_at = clock_timestamp()"
                        + " WHERE projection = ? AND segment = ? AND owner = ?")
                .params(why, projection, segment, instance)
                .update();
    }

    @Override
    public int[] fetchSegments(String projection) {
        return jdbc
                .sql("SELECT segment FROM read_model.projection_token WHERE projection = ? ORDER BY segment")
                .param(projection)
                .query(Integer.class)
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of("read_model.projection_token");
    }

    private static long positionOf(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElseThrow();
    }

    private UnableToClaimTokenException notOurs(String projection, int segment) {
        return new UnableToClaimTokenException(
                "Projection %s, segment %d, is not claimed by %s".formatted(projection, segment, instance));
    }
}
