package io.mealexpense.query.eventstream;

import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.LogSource.Stored;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;

/** An event of the log as handlers take it, with its metadata understood when somebody asks, which most never do. */
final class LogEvent implements DomainEventMessage<StoredEvent>, TrackedEventMessage<StoredEvent> {

    private static final long serialVersionUID = 1L;

    private final transient Stored stored;
    private final transient StoredEvent payload;
    private final transient Supplier<MetaData> metadata;

    LogEvent(Stored stored, StoredEvent payload, Supplier<MetaData> metadata) {
        this.stored = stored;
        this.payload = payload;
        this.metadata = metadata;
    }

    @Override
    public String getIdentifier() {
        return Objects.requireNonNull(stored.eventId(), "was not read");
    }

    @Override
    public MetaData getMetaData() {
        return metadata.get();
    }

    @Override
    public StoredEvent getPayload() {
        return payload;
    }

    @Override
    @SuppressWarnings("unchecked") // what Object.getClass() promises
    public Class<StoredEvent> getPayloadType() {
        return (Class<StoredEvent>) payload.getClass();
    }

    @Override
    public Instant getTimestamp() {
        return stored.at();
    }

    @Override
    public long getSequenceNumber() {
        return stored.sequence();
    }

    @Override
    public String getAggregateIdentifier() {
        return stored.aggregate().toString();
    }

    @Override
    public String getType() {
        return stored.aggregateType();
    }

    @Override
    public TrackingToken trackingToken() {
        return new GlobalSequenceTrackingToken(stored.position());
    }

    @Override
    public LogEvent withTrackingToken(TrackingToken token) {
        throw new UnsupportedOperationException("An event of the log has its position");
    }

    @Override
    public LogEvent withMetaData(Map<String, ?> other) {
        throw new UnsupportedOperationException("An event of the log has its metadata");
    }

    @Override
    public LogEvent andMetaData(Map<String, ?> more) {
        throw new UnsupportedOperationException("An event of the log has its metadata");
    }
}
