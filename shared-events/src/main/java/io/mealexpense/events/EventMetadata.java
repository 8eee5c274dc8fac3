package io.mealexpense.events;

/** The metadata keys stored with every event; the server sets them: who acted, from the verified token only. */
public final class EventMetadata {

    /** Account id of whoever acted; {@link #SYSTEM} for the product itself. */
    public static final String ACTOR_ID = "actorId";

    /** Roles the actor held, comma separated, in alphabetical order. */
    public static final String ACTOR_ROLES = "actorRoles";

    /** Id of the HTTP request, also in its answer and in the logs. */
    public static final String REQUEST_ID = "requestId";

    /** Id of the first message of the conversation. */
    public static final String CORRELATION_ID = "correlationId";

    /** Id of the command that caused the event. */
    public static final String CAUSATION_ID = "causationId";

    /** The step of a trace (W3C traceparent) that recorded the event; only of requests whose trace is kept. */
    public static final String TRACE_PARENT = "traceparent";

    /** Kind of client: {@code web}, {@code api} or {@code import}. */
    public static final String CLIENT = "client";

    /** Kind of device: {@code phone}, {@code tablet} or {@code computer}; absent where it could not be told. */
    public static final String DEVICE = "device";

    /** The client's {@code Idempotency-Key}; stored as the event's command id, not among the metadata. */
    public static final String COMMAND_ID = "commandId";

    /** SHA-256 of the normalised request that {@link #COMMAND_ID} stands for, lower-case hexadecimal. */
    public static final String CONTENT_HASH = "contentHash";

    /** The actor of what nobody asked for by request, such as the set-up of an installation. */
    public static final String SYSTEM = "system";

    private EventMetadata() {}
}
