package io.mealexpense.command.eventstore;

import io.mealexpense.events.EventMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Copies a command's {@link RequestContext} to every event it causes. */
final class EventMetadataProvider implements CorrelationDataProvider {

    private static final List<String> COPIED = List.of(
            EventMetadata.ACTOR_ID,
            EventMetadata.ACTOR_ROLES,
            EventMetadata.CLIENT,
            EventMetadata.DEVICE,
            EventMetadata.REQUEST_ID,
            EventMetadata.CORRELATION_ID,
            EventMetadata.TRACE_PARENT,
            EventMetadata.COMMAND_ID,
            EventMetadata.CONTENT_HASH);

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        var data = new HashMap<String, Object>();
        data.put(EventMetadata.CAUSATION_ID, message.getIdentifier());
        for (var key : COPIED) {
            var value = message.getMetaData().get(key);
            if (value != null) {
                data.put(key, value);
            }
        }
        return data;
    }
}
