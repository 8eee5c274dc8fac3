package io.mealexpense.query.eventstream;

import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.events.upcasting.EventReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
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
    private final int fetchSize;
    private final LogWindow window;
    private final EventReader events = EventReader.create();
    private final Serializer serializer = EventSerializer.create();

    /**
     * @param fetchSize events read at a time
     */
    LogSource(JdbcClient log, LogHead head, int fetchSize) {
        this.log = log;
        this.head = head;
        this.fetchSize = fetchSize;
        this.window = new LogWindow(this, head, 2 * fetchSize);
    }

    /** An event as stored, not yet understood. */
    public record Stored(
            long position,
            String aggregateType,
            UUID aggregate,
            long sequence,
            String eventId,
            String name,
            String revision,
            Instant at,
            String payload,
            String metadata) {}

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new LogStream(
                this, window, head, token == null ? 0 : token.position().orElseThrow());
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

    /** The last position, asked of the log itself. */
    public long end() {
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
        return new GlobalSequenceTrackingToken(end());
    }

    /** The last position known of; the log may be further. */
    public long head() {
        return head.position();
    }

    /** The event at a position. */
    TrackedEventMessage<?> at(long position) {
        return after(position - 1, 1).stream()
                .findFirst()
                .map(this::read)
                .orElseThrow(() -> new LogBrokenException("Position %d is missing from the log".formatted(position)));
    }

    /** What follows the position, without any hole. */
    public List<Stored> after(long position) {
        return after(position, fetchSize);
    }

    /**
     * What follows the position, up to an event that cannot be read.
     *
     * @throws LogBrokenException if that is the next one
     */
    List<TrackedEventMessage<?>> understood(long position) {
        var messages = new ArrayList<TrackedEventMessage<?>>();
        for (var stored : after(position)) {
            try {
                messages.add(read(stored));
            } catch (LogBrokenException unreadable) {
                if (messages.isEmpty()) {
                    throw unreadable;
                }
                break;
            }
        }
        return messages;
    }

    /** How many events are read at a time. */
    int fetchSize() {
        return fetchSize;
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
        return new Stored(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9),
                row.getString(10));
    }

    /** Understands the stored event, metadata included, so that nothing can fail later. */
    public TrackedEventMessage<?> read(Stored stored) {
        var message = readPayload(stored);
        try {
            message.getMetaData();
        } catch (RuntimeException unreadable) {
            throw unreadable(stored, unreadable);
        }
        return message;
    }

    /** The same with the metadata understood when somebody asks for it, which most read models never do. */
    public TrackedEventMessage<?> readPayload(Stored stored) {
        try {
            var payload = events.read(stored.name(), stored.revision(), stored.payload());
            var metadata = new SerializedMetaData<>(stored.metadata(), String.class);
            return new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(stored.position()),
                    new GenericDomainEventMessage<>(
                            stored.aggregateType(),
                            stored.aggregate().toString(),
                            stored.sequence(),
                            new SerializedMessage<>(
                                    stored.eventId(),
                                    new LazyDeserializingObject<>(payload),
                                    new LazyDeserializingObject<>(metadata, serializer)),
                            stored.at()));
        } catch (RuntimeException unreadable) {
            throw unreadable(stored, unreadable);
        }
    }

    private static LogBrokenException unreadable(Stored stored, RuntimeException why) {
        return new LogBrokenException(
                "Position %d (%s) cannot be read: %s".formatted(stored.position(), stored.name(), why.getMessage()),
                why);
    }
}
