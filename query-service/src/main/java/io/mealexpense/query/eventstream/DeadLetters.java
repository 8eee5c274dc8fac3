package io.mealexpense.query.eventstream;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.readmodel.EventOwner;
import io.mealexpense.query.readmodel.Table;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events that projections put aside, kept by projection, generation and subject; always in the token's transaction. */
final class DeadLetters {

    /** More than this of one projection, and it stops instead. */
    static final int LIMIT = 1_000;

    private static final String BEHIND_ANOTHER = "Waits for an earlier event of the same subject";

    private final JdbcClient jdbc;

    DeadLetters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the subjects of which something was put aside. */
    Set<UUID> subjects(String projection, long generation, Collection<UUID> among) {
        return new HashSet<>(jdbc.sql("""
                        SELECT DISTINCT aggregate_id FROM read_model.dead_letter
                         WHERE projection = ? AND generation = ? AND aggregate_id = ANY (?::uuid[])
                        """)
                .params(projection, generation, Table.arrayOf(among))
                .query(UUID.class)
                .list());
    }

    /** Puts an event aside that failed. */
    void park(String projection, long generation, TrackedEventMessage<?> event, String error) {
        add(projection, generation, event, error);
    }

    /** Puts an event aside whose subject has something put aside; quietly if that was discarded. */
    void parkBehind(String projection, long generation, TrackedEventMessage<?> event) {
        add(projection, generation, event, BEHIND_ANOTHER);
    }

    private void add(String projection, long generation, TrackedEventMessage<?> event, String error) {
        var message = (DomainEventMessage<?>) event;
        var subject = UUID.fromString(message.getAggregateIdentifier());
        var parked = jdbc.sql("SELECT count(*) FROM read_model.dead_letter"
                        + " WHERE projection = ? AND generation = ? AND discarded_at IS NULL")
                .params(projection, generation)
                .query(Integer.class)
                .single();
        if (parked >= LIMIT) {
            throw new TooManyLettersException(projection, parked);
        }
        jdbc.sql("""
                        INSERT INTO read_model.dead_letter (projection, generation, position, aggregate_type,
                            aggregate_id, sequence, event, owner_id, recorded_at, error, discarded_at)
                        SELECT :projection, :generation, :position, :type, :subject, :sequence, :event, :owner, :at,
                               :error, min(l.discarded_at)
                          FROM read_model.dead_letter l
                         WHERE l.projection = :projection AND l.generation = :generation
                           AND l.aggregate_id = :subject
                            ON CONFLICT DO NOTHING
                        """)
                .param("projection", projection)
                .param("generation", generation)
                .param("position", event.trackingToken().position().orElseThrow())
                .param("type", message.getType())
                .param("subject", subject)
                .param("sequence", message.getSequenceNumber())
                .param("event", event.getPayloadType().getSimpleName())
                .param("owner", EventOwner.of((StoredEvent) event.getPayload()), Types.OTHER)
                .param("at", event.getTimestamp().atOffset(ZoneOffset.UTC))
                .param("error", error)
                .update();
    }

    /** Where the events stand that were put aside of a subject, oldest first. */
    List<Long> positions(String projection, long generation, UUID subject) {
        return jdbc.sql("""
                        SELECT position FROM read_model.dead_letter
                         WHERE projection = ? AND generation = ? AND aggregate_id = ?
                         ORDER BY position
                        """)
                .params(projection, generation, subject)
                .query(Long.class)
                .list();
    }

    /** The event was taken after all. */
    void remove(String projection, long generation, long position) {
        jdbc.sql("DELETE FROM read_model.dead_letter WHERE projection = ? AND generation = ? AND position = ?")
                .params(projection, generation, position)
                .update();
    }

    /** The event failed once more; what was discarded is wanted again. */
    void failedAgain(String projection, long generation, long position, String error) {
        jdbc.sql("""
                        UPDATE read_model.dead_letter SET error = ?, retries = retries + 1
                         WHERE projection = ? AND generation = ? AND position = ?
                        """).params(error, projection, generation, position).update();
        jdbc.sql("""
                        UPDATE read_model.dead_letter l SET discarded_at = NULL
                          FROM read_model.dead_letter failed
                         WHERE failed.projection = ? AND failed.generation = ? AND failed.position = ?
                           AND l.projection = failed.projection AND l.generation = failed.generation
                           AND l.aggregate_id = failed.aggregate_id
                        """).params(projection, generation, position).update();
    }

    /** Leaves the subject out of the rows without further notice; says whether there was anything to leave out. */
    boolean discard(String projection, long generation, UUID subject) {
        return jdbc.sql("""
                        UPDATE read_model.dead_letter SET discarded_at = clock_timestamp()
                         WHERE projection = ? AND generation = ? AND aggregate_id = ? AND discarded_at IS NULL
                        """).params(projection, generation, subject).update() > 0;
    }

    /** Keeps what came of an act of an operator, once and for the live copy only. */
    void acted(
            String projection,
            long generation,
            TrackedEventMessage<?> event,
            String act,
            UUID subject,
            String outcome) {
        jdbc.sql("""
                        INSERT INTO read_model.operator_act
                               (position, act, projection, subject_id, actor, at, outcome)
                        SELECT :position, :act, :projection, :subject, :actor, :at, :outcome
                         WHERE EXISTS (
                               SELECT FROM read_model.projection_token
                                WHERE projection = :projection AND generation = :generation)
                            ON CONFLICT DO NOTHING
                        """)
                .param("position", event.trackingToken().position().orElseThrow())
                .param("act", act)
                .param("projection", projection)
                .param("generation", generation)
                .param("subject", subject)
                .param("actor", event.getMetaData().getOrDefault(EventMetadata.ACTOR_ID, EventMetadata.SYSTEM))
                .param("at", event.getTimestamp().atOffset(ZoneOffset.UTC))
                .param("outcome", outcome)
                .update();
    }
}
