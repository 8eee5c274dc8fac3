package io.mealexpense.events.upcasting;

import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** The one chain through which both services read the log. */
public final class EventUpcasters {

    /** One step of one event each, oldest first; empty while every event is at its first revision. */
    private static final List<EventUpcaster> STEPS = List.of();

    private EventUpcasters() {}

    public static EventUpcasterChain chain() {
        return new EventUpcasterChain(STEPS);
    }
}
