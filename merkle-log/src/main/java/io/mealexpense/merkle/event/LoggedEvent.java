package io.mealexpense.merkle.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as its row has it. Texts are the bytes that are stored, in UTF-8, so that nothing is lost or spared by
 * reading them.
 *
 * @param recordedAt microseconds since 1970; the smallest and the largest number stand for {@code -infinity} and
 *     {@code infinity}
 */
public record LoggedEvent(
        long position,
        byte[] aggregateType,
        UUID aggregateId,
        long sequence,
        UUID eventId,
        byte[] name,
        byte[] revision,
        long recordedAt,
        byte @Nullable [] commandId,
        byte[] payload,
        byte[] metadata) {

    /** For a SELECT that {@link #of} reads. */
    public static final String COLUMNS = "position, aggregate_type, aggregate_id, sequence, event_id, name, revision,"
            + " recorded_at, command_id, payload, metadata";

    private static final byte ENCODING = 1;
    private static final int ABSENT = -1;
    private static final long MICROS = 1_000_000;

    /** Of a row with the columns of {@link #COLUMNS}, which come first. */
    public static LoggedEvent of(ResultSet row) throws SQLException {
        return new LoggedEvent(
                row.getLong(1),
                row.getBytes(2),
                row.getObject(3, UUID.class),
                row.getLong(4),
                row.getObject(5, UUID.class),
                row.getBytes(6),
                row.getBytes(7),
                micros(row.getObject(8, OffsetDateTime.class)),
                row.getBytes(9),
                row.getBytes(10),
                row.getBytes(11));
    }

    private static long micros(OffsetDateTime at) {
        if (at.equals(OffsetDateTime.MAX)) {
            return Long.MAX_VALUE;
        }
        if (at.equals(OffsetDateTime.MIN)) {
            return Long.MIN_VALUE;
        }
        return at.toEpochSecond() * MICROS + at.getNano() / 1_000;
    }

    /** For people; not for infinite times. */
    public Instant recordedAtInstant() {
        return Instant.ofEpochSecond(Math.floorDiv(recordedAt, MICROS), Math.floorMod(recordedAt, MICROS) * 1_000);
    }

    /** The bytes of a column: texts and JSON as stored, numbers in eight bytes, identifiers in sixteen, big-endian. */
    public byte @Nullable [] bytes(EventField field) {
        return switch (field) {
            case POSITION -> number(position);
            case AGGREGATE_TYPE -> aggregateType;
            case AGGREGATE_ID -> identifier(aggregateId);
            case SEQUENCE -> number(sequence);
            case EVENT_ID -> identifier(eventId);
            case NAME -> name;
            case REVISION -> revision;
            case RECORDED_AT -> number(recordedAt);
            case COMMAND_ID -> commandId;
            case PAYLOAD -> payload;
            case METADATA -> metadata;
        };
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] identifier(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** All of it, each column with its length in front, to be carried along with a proof. */
    public byte[] encoded() {
        var length = 1;
        for (var field : EventField.ALL) {
            var bytes = bytes(field);
            length += Integer.BYTES + (bytes == null ? 0 : bytes.length);
        }
        var encoded = ByteBuffer.allocate(length).put(ENCODING);
        for (var field : EventField.ALL) {
            var bytes = bytes(field);
            if (bytes == null) {
                encoded.putInt(ABSENT);
            } else {
                encoded.putInt(bytes.length).put(bytes);
            }
        }
        return encoded.array();
    }

    /** @throws IllegalArgumentException if these are not the bytes of {@link #encoded()} */
    public static LoggedEvent decoded(byte[] encoded) {
        var input = ByteBuffer.wrap(encoded);
        if (!input.hasRemaining() || input.get() != ENCODING) {
            throw new IllegalArgumentException("No encoded event");
        }
        var bytes = new byte[EventField.ALL.length][];
        for (var field : EventField.ALL) {
            bytes[field.ordinal()] = next(input, field);
        }
        if (input.hasRemaining()) {
            throw new IllegalArgumentException("More than an event");
        }
        return new LoggedEvent(
                number(bytes, EventField.POSITION),
                present(bytes, EventField.AGGREGATE_TYPE),
                identifier(bytes, EventField.AGGREGATE_ID),
                number(bytes, EventField.SEQUENCE),
                identifier(bytes, EventField.EVENT_ID),
                present(bytes, EventField.NAME),
                present(bytes, EventField.REVISION),
                number(bytes, EventField.RECORDED_AT),
                bytes[EventField.COMMAND_ID.ordinal()],
                present(bytes, EventField.PAYLOAD),
                present(bytes, EventField.METADATA));
    }

    private static byte @Nullable [] next(ByteBuffer input, EventField field) {
        if (input.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("The event ends before " + field.column());
        }
        var length = input.getInt();
        if (length == ABSENT) {
            return null;
        }
        if (length < 0 || length > input.remaining()) {
            throw new IllegalArgumentException("The event ends within " + field.column());
        }
        var bytes = new byte[length];
        input.get(bytes);
        return bytes;
    }

    private static byte[] present(byte[][] all, EventField field) {
        var bytes = all[field.ordinal()];
        if (bytes == null) {
            throw new IllegalArgumentException("The event has no " + field.column());
        }
        return bytes;
    }

    private static long number(byte[][] all, EventField field) {
        return sized(all, field, Long.BYTES).getLong();
    }

    private static UUID identifier(byte[][] all, EventField field) {
        var bytes = sized(all, field, 2 * Long.BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static ByteBuffer sized(byte[][] all, EventField field, int length) {
        var bytes = present(all, field);
        if (bytes.length != length) {
            throw new IllegalArgumentException(field.column() + " has not " + length + " bytes");
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Without what people wrote: this may end in a log. */
    @Override
    public String toString() {
        return new String(name, StandardCharsets.UTF_8) + " at position " + position;
    }
}
