package io.mealexpense.events.serialization;

import io.mealexpense.events.EventCatalogue;
import io.mealexpense.events.StoredEvent;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * Writes events under their logical names and revisions, never under Java class names, and reads nothing that
 * {@link EventCatalogue} does not list.
 */
public final class EventSerializer extends Jackson3Serializer {

    private EventSerializer(Builder builder) {
        super(builder);
    }

    public static EventSerializer create() {
        return new EventSerializer(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(EventJson::configure));
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the raw parameter is Axon's
    public SerializedType typeForClass(Class type) {
        if (type != null && StoredEvent.class.isAssignableFrom(type)) {
            return new SimpleSerializedType(
                    EventCatalogue.nameOf(type), getRevisionResolver().revisionOf(type));
        }
        return super.typeForClass(type);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) {
            return Void.class;
        }
        if (MetaData.class.getName().equals(type.getName())) {
            return MetaData.class;
        }
        return EventCatalogue.typeOf(type.getName())
                .orElseThrow(() -> new SerializationException("Not an event of this product: " + type.getName()));
    }
}
