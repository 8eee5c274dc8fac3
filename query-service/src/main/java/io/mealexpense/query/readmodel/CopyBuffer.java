package io.mealexpense.query.readmodel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Fields in PostgreSQL's <a href="https://www.postgresql.org/docs/current/sql-copy.html">binary COPY format</a>: each
 * its length in bytes and then what the type's receive function takes.
 */
final class CopyBuffer {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};

    /** Bytes sent at a time. */
    private static final int PIECE = 1 << 16;

    /** Bytes to begin with; most tables get few rows of a chunk. */
    private static final int ROOM = 1 << 12;

    /** PostgreSQL counts days and microseconds from the first of January 2000. */
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;

    /** The object identifier of the type {@code text}. */
    private static final int TEXT = 25;

    /** Decimal digits in one digit of a {@code numeric}. */
    private static final int DIGITS = 4;

    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;

    private final List<byte[]> pieces = new ArrayList<>();
    private ByteBuffer bytes = ByteBuffer.allocate(ROOM);

    CopyBuffer() {
        bytes.put(SIGNATURE).putInt(0).putInt(0); // neither flags nor an extension
    }

    void row(int fields) {
        if (bytes.position() >= PIECE) {
            cut();
        }
        room(Short.BYTES).putShort((short) fields);
    }

    List<byte[]> end() {
        room(Short.BYTES).putShort((short) -1);
        cut();
        return pieces;
    }

    private void cut() {
        pieces.add(Arrays.copyOf(bytes.array(), bytes.position()));
        bytes.clear();
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(2 * (bytes.position() + more)).put(bytes.flip());
        }
        return bytes;
    }

    void absent() {
        room(Integer.BYTES).putInt(-1);
    }

    void bool(boolean value) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
    }

    void int4(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
    }

    void int8(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    }

    void uuid(UUID value) {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }

    void text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
    }

    void texts(List<?> values) {
        var length = room(Integer.BYTES).position();
        bytes.putInt(0); // not known yet
        room(5 * Integer.BYTES)
                .putInt(values.isEmpty() ? 0 : 1) // dimensions
                .putInt(0) // no element is absent
                .putInt(TEXT);
        if (!values.isEmpty()) {
            bytes.putInt(values.size()).putInt(1); // the first has index 1
        }
        values.forEach(value -> text((String) value));
        bytes.putInt(length, bytes.position() - length - Integer.BYTES);
    }

    void date(LocalDate value) {
        int4(Math.toIntExact(value.toEpochDay() - EPOCH_DAY));
    }

    void time(LocalTime value) {
        int8(value.toNanoOfDay() / 1_000);
    }

    void timestamptz(Instant value) {
        int8((value.getEpochSecond() - EPOCH_SECOND) * 1_000_000 + value.getNano() / 1_000);
    }

    /** Digits to the base of ten thousand, the decimal point between two of them. */
    void numeric(BigDecimal value) {
        var scale = Math.max(0, value.scale());
        var fractionDigits = Math.ceilDiv(scale, DIGITS);
        var whole = value.setScale(fractionDigits * DIGITS).unscaledValue();
        var digits = digits(whole.abs());
        room((1 + 2 + digits.length / 2 + 1) * Integer.BYTES)
                .putInt((DIGITS + digits.length) * Short.BYTES)
                .putShort((short) digits.length)
                .putShort((short) (digits.length - fractionDigits - 1)) // the power of the first digit
                .putShort((short) (whole.signum() < 0 ? NEGATIVE : 0))
                .putShort((short) scale);
        for (var digit : digits) {
            bytes.putShort(digit);
        }
    }

    private static short[] digits(BigInteger number) {
        var digits = new short[number.bitLength() / 13 + 1]; // a digit holds more than 13 bits
        var first = digits.length;
        if (number.bitLength() < Long.SIZE) {
            for (var rest = number.longValue(); rest > 0; rest /= BASE) {
                digits[--first] = (short) (rest % BASE);
            }
        } else {
            var base = BigInteger.valueOf(BASE);
            for (var rest = number; rest.signum() > 0; ) {
                var parts = rest.divideAndRemainder(base);
                digits[--first] = parts[1].shortValue();
                rest = parts[0];
            }
        }
        return Arrays.copyOfRange(digits, first, digits.length);
    }
}
