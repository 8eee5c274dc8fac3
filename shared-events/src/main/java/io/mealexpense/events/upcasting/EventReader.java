package io.mealexpense.events.upcasting;

import io.mealexpense.events.EventCatalogue;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.events.serialization.EventJson;
import io.mealexpense.events.serialization.EventSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/** Reads single events that were looked up in the log, whatever revision they were written in. */
public final class EventReader {

    private static final String NONE = new UUID(0, 0).toString();

    /** Straight from text to record, for events that no upcaster can be meant for. */
    private static final Map<String, Current> CURRENT =
            EventCatalogue.types().collect(Collectors.toUnmodifiableMap(EventCatalogue::nameOf, EventReader::current));

    private record Current(String revision, ObjectReader reader) {}

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
        var reader = current(name, revision);
        return reader == null ? upcast(name, revision, payload) : read(name, () -> reader.readValue(payload));
    }

    /**
     * The same from UTF-8, for those who read many: no text is made of it first.
     *
     * @throws org.axonframework.serialization.SerializationException if it is no event of this product
     */
    public StoredEvent read(String name, String revision, byte[] payload) {
        var reader = current(name, revision);
        return reader == null
                ? upcast(name, revision, new String(payload, StandardCharsets.UTF_8))
                : read(name, () -> reader.readValue(payload));
    }

    private static @Nullable ObjectReader current(String name, String revision) {
        var current = CURRENT.get(name);
        return current == null || !current.revision().equals(revision) ? null : current.reader();
    }

    private static StoredEvent read(String name, Supplier<StoredEvent> reading) {
        try {
            return reading.get();
        } catch (JacksonException unreadable) {
            throw new SerializationException("Not the payload of a " + name, unreadable);
        }
    }

    private StoredEvent upcast(String name, String revision, String payload) {
        // an upcaster of ours looks at nothing but name, revision and payload
        var entry = new GenericDomainEventEntry<>(
                NONE, NONE, 0, NONE, Instant.EPOCH.toString(), name, revision, payload, "{}");
        return (StoredEvent) EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(entry), serializer, upcasters)
                .next()
                .getPayload();
    }

    private static Current current(Class<? extends StoredEvent> type) {
        return new Current(
                type.getAnnotation(Revision.class).value(), EventJson.mapper().readerFor(type));
    }
}
