package io.mealexpense.query.eventstream;

import io.mealexpense.events.StoredEvent;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.AnnotatedHandlerInspector;
import org.axonframework.messaging.annotation.MessageHandlingMember;

/** The annotated methods of a projection, looked up once for every type of event instead of for every event. */
final class Handlers {

    private final Object projection;
    private final AnnotatedHandlerInspector<Object> methods;
    private final Map<Class<?>, List<MessageHandlingMember<? super Object>>> byType = new ConcurrentHashMap<>();

    Handlers(Object projection) {
        this.projection = projection;
        this.methods = AnnotatedHandlerInspector.inspectType(projection.getClass());
    }

    /** Whether no method can tell if the identifiers and metadata of events were left out. */
    boolean needNoMetadata() {
        return methods.getHandlers(projection.getClass())
                .flatMap(method -> Arrays.stream(
                        method.unwrap(Executable.class).orElseThrow().getParameters()))
                .allMatch(Handlers::isWithoutMetadata);
    }

    private static boolean isWithoutMetadata(Parameter parameter) {
        return StoredEvent.class.isAssignableFrom(parameter.getType())
                || TrackingToken.class.equals(parameter.getType())
                || parameter.isAnnotationPresent(SequenceNumber.class)
                || parameter.isAnnotationPresent(Timestamp.class);
    }

    boolean canHandle(EventMessage<?> event) {
        for (var method : methodsFor(event)) {
            if (method.canHandle(event)) {
                return true;
            }
        }
        return false;
    }

    /** Calls the most specific method there is for the event, if there is any. */
    void handle(EventMessage<?> event) throws Exception {
        for (var method : methodsFor(event)) {
            if (method.canHandle(event)) {
                method.handle(event, projection);
                return;
            }
        }
    }

    private List<MessageHandlingMember<? super Object>> methodsFor(EventMessage<?> event) {
        return byType.computeIfAbsent(
                event.getPayloadType(),
                type -> methods.getHandlers(projection.getClass())
                        .filter(method -> method.canHandleType(type))
                        .toList());
    }
}
