package io.mealexpense.command.eventstore;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the log.
 *
 * @param sequence within its aggregate, first 0
 * @param name logical name, never a Java class name
 * @param commandId the client's idempotency key, unique per aggregate
 * @param payload JSON, kept byte for byte
 * @param metadata JSON
 */
record NewEvent(
        String aggregateType,
        UUID aggregateId,
        long sequence,
        UUID eventId,
        String name,
        String revision,
        @Nullable String commandId,
        String payload,
        String metadata) {}
