package io.mealexpense.query.eventstream;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The log as a stream for processors. Positions are dense and visible in order (the appending statement sees to that),
 * so a reader needs no gaps, no watermarks and no time-outs: what comes after a position is what it has not seen.
 */
public final class LogSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final String COLUMNS = """
            SELECT position, aggregate_type, aggregate_id, sequence, event_id, name, revision, recorded_at,
                   payload::text AS payload, metadata::text AS metadata
              FROM event_store.domain_event
            """;

    private static final String NEXT = COLUMNS + "WHERE position > ? ORDER BY position LIMIT ?";

    private static final String NEXT_AGGREGATES = COLUMNS
            + "WHERE aggregate_id > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000') AND position <= ?"
            + " ORDER BY aggregate_id, sequence LIMIT ?";

    private final JdbcClient log;
    private final LogHead head;
    private final Serializer serializer;
    private final EventUpcaster upcasters;
    private final int fetchSize;

    LogSource(JdbcClient log, LogHead head, Serializer serializer, EventUpcaster upcasters, int fetchSize) {
        this.log = log;
        this.head = head;
        this.serializer = serializer;
        this.upcasters = upcasters;
        this.fetchSize = fetchSize;
    }

    /** An event as stored, not yet understood. */
    public record Stored(long position, UUID aggregate, String name, TrackedDomainEventData<String> data) {}

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new LogStream(this, head, token == null ? 0 : token.position().orElseThrow());
    }

    /** Refuses a log that does not reach what was projected from it: it must be an older copy. */
    void mustReach(long position) {
        var end = end();
        if (end < position) {
            throw new LogBrokenException(
                    "The log ends at position %d, but %d was already projected: is it an older copy?"
                            .formatted(end, position));
        }
    }

    private long end() {
        return log.sql("SELECT position FROM event_store.head")
                .query(Long.class)
                .single();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(log.sql("SELECT position FROM event_store.head")
                .query(Long.class)
                .single());
    }

    /** Axon's own entry keeps milliseconds only; the log's clock says microseconds. */
    private static final class ExactEntry extends GenericDomainEventEntry<String> {

        private final Instant at;

        ExactEntry(
                String type,
                String aggregateId,
                long sequence,
                String eventId,
                Instant at,
                String name,
                String revision,
                String payload,
                String metadata) {
            super(type, aggregateId, sequence, eventId, at, name, revision, payload, metadata);
            this.at = at;
        }

        @Override
        public Instant getTimestamp() {
            return at;
        }
    }

    /** The event at a position. */
    List<? extends TrackedEventMessage<?>> at(long position) {
        return after(position - 1, 1).stream()
                .flatMap(stored -> read(stored).stream())
                .toList();
    }

    /** What follows the position, without any hole. */
    public List<Stored> after(long position) {
        return after(position, fetchSize);
    }

    private List<Stored> after(long position, int limit) {
        var stored = log.sql(NEXT)
                .params(position, limit)
                .query((row, number) -> stored(row))
                .list();
        var expected = position;
        for (var event : stored) {
            expected++;
            if (event.position() != expected) {
                throw new LogBrokenException("Position %d is missing from the log".formatted(expected));
            }
        }
        return stored;
    }

    /**
     * Events up to a position in the order of their aggregates, and of their sequence within one.
     *
     * @param after the aggregate after which to begin, absent for the first
     * @param limit events at most; the last aggregate may not be whole
     */
    public List<Stored> byAggregate(@Nullable UUID after, long upTo, int limit) {
        return log.sql(NEXT_AGGREGATES)
                .params(Arrays.asList(after, upTo, limit))
                .query((row, number) -> stored(row))
                .list();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var position = row.getLong("position");
        var aggregate = row.getObject("aggregate_id", UUID.class);
        return new Stored(
                position,
                aggregate,
                row.getString("name"),
                new TrackedDomainEventData<>(
                        new GlobalSequenceTrackingToken(position),
                        new ExactEntry(
                                row.getString("aggregate_type"),
                                aggregate.toString(),
                                row.getLong("sequence"),
                                row.getString("event_id"),
                                row.getObject("recorded_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("name"),
                                row.getString("revision"),
                                row.getString("payload"),
                                row.getString("metadata"))));
    }

    /** Reads the stored event through the upcasters, payload and metadata included, so that nothing can fail later. */
    public List<? extends TrackedEventMessage<?>> read(Stored stored) {
        try {
            var messages = EventUtils.upcastAndDeserializeTrackedEvents(
                            java.util.stream.Stream.of(stored.data()), serializer, upcasters)
                    .toList();
            messages.forEach(message -> {
                message.getPayload();
                message.getMetaData();
            });
            return messages;
        } catch (RuntimeException unreadable) {
            throw new LogBrokenException(
                    "Position %d (%s) cannot be read: %s"
                            .formatted(stored.position(), stored.name(), unreadable.getMessage()),
                    unreadable);
        }
    }
}
