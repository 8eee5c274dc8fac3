package io.mealexpense.query.eventstream;

import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.events.upcasting.EventReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.StreamableMessageSource;
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

    private static final String WITHOUT_METADATA =
            COLUMNS.replace("event_id,", "NULL,").replace("metadata::text", "NULL");

    private static final String NEXT = COLUMNS + "WHERE position > ? ORDER BY position LIMIT ?";

    private static final String NEXT_AGGREGATES =
            "WHERE aggregate_id > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000') AND position <= ?"
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

    /**
     * An event as stored, not yet understood.
     *
     * @param eventId absent where it was left out
     * @param metadata absent where it was left out
     */
    public record Stored(
            long position,
            String aggregateType,
            UUID aggregate,
            long sequence,
            @Nullable String eventId,
            String name,
            String revision,
            Instant at,
            byte[] payload,
            byte @Nullable [] metadata) {}

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
     * The same understood, read once for all that follow the end of the log.
     *
     * @throws LogBrokenException if the next event is missing or cannot be read
     */
    public List<TrackedEventMessage<?>> following(long position) {
        try {
            return window.after(position);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading the log", stopping);
        }
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
     * @param whole with the identifiers and metadata of events, half of what there is to read
     */
    public List<Stored> byAggregate(@Nullable UUID after, long upTo, int limit, boolean whole) {
        return log.sql((whole ? COLUMNS : WITHOUT_METADATA) + NEXT_AGGREGATES)
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
                row.getBytes(9),
                row.getBytes(10));
    }

    /** Understands the stored event, metadata included, so that nothing can fail later. */
    public TrackedEventMessage<?> read(Stored stored) {
        try {
            return new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(stored.position()),
                    new GenericDomainEventMessage<>(
                            stored.aggregateType(),
                            stored.aggregate().toString(),
                            stored.sequence(),
                            payload(stored),
                            metadata(stored),
                            Objects.requireNonNull(stored.eventId()),
                            stored.at()));
        } catch (RuntimeException unreadable) {
            throw unreadable(stored, unreadable);
        }
    }

    /** The same with the metadata understood when somebody asks for it, which most read models never do. */
    public TrackedEventMessage<?> readPayload(Stored stored) {
        try {
            return new LogEvent(stored, payload(stored), () -> metadata(stored));
        } catch (RuntimeException unreadable) {
            throw unreadable(stored, unreadable);
        }
    }

    private StoredEvent payload(Stored stored) {
        return events.read(stored.name(), stored.revision(), stored.payload());
    }

    private MetaData metadata(Stored stored) {
        if (stored.metadata() == null) {
            throw new IllegalStateException("The metadata of position %d was not read".formatted(stored.position()));
        }
        return Objects.requireNonNull(
                serializer.deserialize(new SerializedMetaData<>(stored.metadata(), byte[].class)));
    }

    private static LogBrokenException unreadable(Stored stored, RuntimeException why) {
        return new LogBrokenException(
                "Position %d (%s) cannot be read: %s".formatted(stored.position(), stored.name(), why.getMessage()),
                why);
    }
}
