package io.mealexpense.command.eventstore;

import io.mealexpense.edge.problem.RequestIdFilter;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Device;
import io.mealexpense.edge.trace.Traces;
import io.mealexpense.events.EventMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Who asked and how; every event of the command carries it as metadata.
 *
 * @param actorId account id, or {@link EventMetadata#SYSTEM}
 * @param roles comma separated
 * @param client kind of client
 * @param device kind of device, where it can be told
 * @param retry the client's own name for this command, where it gave one
 */
public record RequestContext(
        String actorId,
        String roles,
        String client,
        @Nullable Device device,
        @Nullable Retry retry) {

    /**
     * A command that may be sent again.
     *
     * @param key the {@code Idempotency-Key}, unique per aggregate
     * @param contentHash SHA-256 of the normalised request, lower-case hexadecimal
     */
    public record Retry(String key, String contentHash) {}

    public static RequestContext of(Actor actor) {
        return new RequestContext(
                actor.accountId().toString(),
                actor.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
                actor.client(),
                actor.device(),
                null);
    }

    /** For whoever opens their account, and has no role yet. */
    public static RequestContext of(UUID accountId, String client, @Nullable Device device) {
        return new RequestContext(accountId.toString(), "", client, device, null);
    }

    /** For what nobody asked for by request. */
    public static RequestContext system() {
        return new RequestContext(EventMetadata.SYSTEM, "", EventMetadata.SYSTEM, null, null);
    }

    public RequestContext retriedAs(@Nullable Retry retry) {
        return new RequestContext(actorId, roles, client, device, retry);
    }

    public RequestContext via(String client) {
        return new RequestContext(actorId, roles, client, device, retry);
    }

    Map<String, String> metadata() {
        var requestId = Objects.requireNonNullElse(MDC.get(RequestIdFilter.MDC_KEY), "none");
        var metadata = new HashMap<>(Map.of(
                EventMetadata.ACTOR_ID, actorId,
                EventMetadata.ACTOR_ROLES, roles,
                EventMetadata.CLIENT, client,
                EventMetadata.REQUEST_ID, requestId,
                EventMetadata.CORRELATION_ID, requestId));
        if (device != null) {
            metadata.put(EventMetadata.DEVICE, device.code());
        }
        Traces.current().ifPresent(step -> metadata.put(EventMetadata.TRACE_PARENT, step));
        if (retry != null) {
            metadata.put(EventMetadata.COMMAND_ID, retry.key());
            metadata.put(EventMetadata.CONTENT_HASH, retry.contentHash());
        }
        return metadata;
    }
}
