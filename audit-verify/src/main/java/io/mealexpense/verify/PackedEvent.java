package io.mealexpense.verify;

import io.mealexpense.merkle.event.LoggedEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** An event as a line of a proof pack has it. */
final class PackedEvent {

    private PackedEvent() {}

    /** @throws IllegalArgumentException if it is none */
    static LoggedEvent parse(String line) {
        var fields = Json.object(line)
                .only(
                        "position",
                        "aggregateType",
                        "aggregateId",
                        "sequence",
                        "eventId",
                        "name",
                        "revision",
                        "recordedAt",
                        "commandId",
                        "payload",
                        "metadata");
        var commandId = fields.textOrNull("commandId");
        return new LoggedEvent(
                fields.number("position"),
                bytes(fields.text("aggregateType")),
                identifier(fields.text("aggregateId")),
                fields.number("sequence"),
                identifier(fields.text("eventId")),
                bytes(fields.text("name")),
                bytes(fields.text("revision")),
                micros(fields.text("recordedAt")),
                commandId == null ? null : bytes(commandId),
                bytes(fields.text("payload")),
                bytes(fields.text("metadata")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static UUID identifier(String text) {
        var id = UUID.fromString(text);
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("no identifier is " + text);
        }
        return id;
    }

    private static long micros(String text) {
        switch (text) {
            case "infinity":
                return Long.MAX_VALUE;
            case "-infinity":
                return Long.MIN_VALUE;
            default:
                try {
                    var at = Instant.parse(text);
                    if (at.getNano() % 1_000 != 0) {
                        throw new IllegalArgumentException("finer than microseconds is recordedAt");
                    }
                    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
                } catch (DateTimeException | ArithmeticException noMoment) {
                    throw new IllegalArgumentException("no moment is " + text, noMoment);
                }
        }
    }
}
