package io.mealexpense.command.eventstore;

import io.mealexpense.command.metrics.CommandMeters;
import io.mealexpense.edge.trace.Traces;
import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.upcasting.EventUpcasters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;

/** Axon's view of the log: appends whole units of work, reads one aggregate's events; nobody tails it from here. */
final class PostgresEventStorageEngine extends AbstractEventStorageEngine {

    private static final String ONE_AGGREGATE = """
            SELECT aggregate_type, aggregate_id, sequence, event_id, name, revision, recorded_at, payload, metadata
            FROM event_store.domain_event
            WHERE aggregate_id = ? AND sequence >= ?
            ORDER BY sequence
            """;

    private final DataSource dataSource;
    private final Appender log;
    private final AppendRecorder recorder;
    private final CommandMeters meters;
    private final Traces traces;

    PostgresEventStorageEngine(
            DataSource dataSource,
            Appender log,
            AppendRecorder recorder,
            Serializer serializer,
            CommandMeters meters,
            Traces traces) {
        super(
                new AbstractEventStorageEngine.Builder() {}.eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .upcasterChain(EventUpcasters.chain()));
        this.dataSource = dataSource;
        this.log = log;
        this.recorder = recorder;
        this.meters = meters;
        this.traces = traces;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        var first = (DomainEventMessage<?>) events.getFirst();
        var batch = events.stream()
                .map(event -> stored((DomainEventMessage<?>) event, serializer))
                .toList();
        long last;
        try {
            last = traces.step("append", () -> log.append(batch));
        } catch (EventLog.DuplicateEventException duplicate) {
            throw first.getSequenceNumber() == 0
                    ? new AggregateStreamCreationException("Exists: " + first.getAggregateIdentifier(), duplicate)
                    : new ConcurrencyException("Someone else was faster: " + first.getAggregateIdentifier(), duplicate);
        }
        for (var i = 0; i < batch.size(); i++) {
            recorder.appended(batch.get(i).aggregateId(), batch.get(i).sequence(), last - batch.size() + 1 + i);
            meters.happened(batch.get(i).name());
        }
    }

    private static NewEvent stored(DomainEventMessage<?> event, Serializer serializer) {
        var payload = event.serializePayload(serializer, String.class);
        var commandId = event.getMetaData().get(EventMetadata.COMMAND_ID);
        var metadata = event.getMetaData().withoutKeys(java.util.Set.of(EventMetadata.COMMAND_ID));
        return new NewEvent(
                event.getType(),
                UUID.fromString(event.getAggregateIdentifier()),
                event.getSequenceNumber(),
                UUID.fromString(event.getIdentifier()),
                payload.getType().getName(),
                payload.getType().getRevision(),
                commandId == null ? null : commandId.toString(),
                payload.getData(),
                serializer.serialize(metadata, String.class).getData());
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String identifier, long firstSequenceNumber) {
        var events = new ArrayList<DomainEventData<?>>();
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement(ONE_AGGREGATE)) {
            query.setObject(1, UUID.fromString(identifier));
            query.setLong(2, firstSequenceNumber);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    events.add(event(rows));
                }
            }
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
        return events.stream();
    }

    private static DomainEventData<?> event(ResultSet row) throws SQLException {
        return new GenericDomainEventEntry<>(
                row.getString("aggregate_type"),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                row.getString("event_id"),
                instant(row).toString(),
                row.getString("name"),
                row.getString("revision"),
                row.getString("payload"),
                row.getString("metadata"));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject("recorded_at", OffsetDateTime.class).toInstant();
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement(
                        "SELECT max(sequence) FROM event_store.domain_event WHERE aggregate_id = ?")) {
            query.setObject(1, UUID.fromString(aggregateIdentifier));
            try (var row = query.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, Long.class));
            }
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(TrackingToken token, boolean mayBlock) {
        throw new UnsupportedOperationException("The write side does not follow the log; the query side does");
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        throw new UnsupportedOperationException("No snapshots: no stream is long enough to need one");
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return Stream.empty();
    }
}
