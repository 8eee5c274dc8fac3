package io.mealexpense.events.upcasting;

import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventSerializer;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Reads single events that were looked up in the log, whatever revision they were written in. */
public final class EventReader {

    private static final String NONE = new UUID(0, 0).toString();

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    EventReader(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    public static EventReader create() {
        return new EventReader(EventSerializer.create(), EventUpcasters.chain());
    }

    /**
     * The event as it is understood now.
     *
     * @param name logical name, as stored
     * @param revision as stored
     * @param payload JSON, as stored
     * @throws org.axonframework.serialization.SerializationException if it is no event of this product
     */
    public StoredEvent read(String name, String revision, String payload) {
        // an upcaster of ours looks at nothing but name, revision and payload
        var entry = new GenericDomainEventEntry<>(
                NONE, NONE, 0, NONE, Instant.EPOCH.toString(), name, revision, payload, "{}");
        return (StoredEvent) EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(entry), serializer, upcasters)
                .next()
                .getPayload();
    }
}
