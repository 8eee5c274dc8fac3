package io.mealexpense.verify;

import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.verify.ReadModelDatabase.Live;
import io.mealexpense.verify.ReadModelDatabase.TrailRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds every row of the audit trail against the event that it is a copy of. Both come in the order of positions, a few at
 * a time. A payload is what the log has, or more where what was left out is spelt as nothing.
 */
final class TrailVerification {

    static final String PROJECTION = "audit-trail";
    static final String TABLE = "audit_trail_entry";

    private static final int BATCH = 2_000;
    private static final String OTHER = "it is not what the log says";

    private final LogDatabase log;
    private final ReadModelDatabase readModels;
    private final ObjLongConsumer<String> difference;
    private long rowCount;

    /**
     * @param difference told what differs, and at which position
     */
    TrailVerification(LogDatabase log, ReadModelDatabase readModels, ObjLongConsumer<String> difference) {
        this.log = log;
        this.readModels = readModels;
        this.difference = difference;
    }

    /**
     * Compares up to where the trail is.
     *
     * @param putAside aggregates whose events may be missing
     * @return how many rows there are
     */
    long run(Live live, Set<UUID> putAside) throws SQLException {
        try (var rows = readModels.trail(live)) {
            for (var from = 1L; from <= live.position(); from += BATCH) {
                for (var event : log.events(from, Math.min(from + BATCH - 1, live.position()), BATCH)) {
                    extraBefore(event.position(), rows);
                    var row = rows.row();
                    if (row != null && row.position() == event.position()) {
                        compare(event, row);
                        rowCount++;
                        rows.next();
                    } else if (!putAside.contains(event.aggregateId())) {
                        difference.accept("row: it is missing", event.position());
                    }
                }
            }
            extraBefore(Long.MAX_VALUE, rows);
        }
        return rowCount;
    }

    private void extraBefore(long position, ReadModelDatabase.TrailRows rows) throws SQLException {
        for (var row = rows.row(); row != null && row.position() < position; row = rows.row()) {
            difference.accept("row: it is there, and by the log it must not be", row.position());
            rowCount++;
            rows.next();
        }
    }

    private void compare(LoggedEvent event, TrailRow row) {
        var position = event.position();
        plain("event_id", event.eventId(), row.eventId(), position);
        plain("aggregate_type", text(event.aggregateType()), row.aggregateType(), position);
        plain("aggregate_id", event.aggregateId(), row.aggregateId(), position);
        plain("sequence", event.sequence(), row.sequence(), position);
        plain("event", text(event.name()), row.event(), position);
        plain("revision", text(event.revision()), row.revision(), position);
        plain("at", event.recordedAt(), row.at(), position);
        try {
            var metadata = Json.object(text(event.metadata()));
            plain("actor_id", metadata.textOrNull("actorId"), row.actorId(), position);
            plain("request_id", metadata.textOrNull("requestId"), row.requestId(), position);
            json("metadata", metadata.values(), row.metadata(), position);
            var payload = Json.object(text(event.payload()));
            var owner = payload.textOrNull("ownerId");
            plain("owner_id", owner != null ? owner : payload.textOrNull("accountId"), row.ownerId(), position);
            if (!Objects.equals(payload.textOrNull("reason"), row.reason())) {
                difference.accept("reason: " + OTHER, position);
            }
            json("payload", payload.values(), row.payload(), position);
        } catch (IllegalArgumentException unreadable) {
            difference.accept("payload or metadata: the log's cannot be read: " + unreadable.getMessage(), position);
        }
    }

    private void plain(String column, @Nullable Object expected, @Nullable Object found, long position) {
        if (!Objects.equals(expected, found)) {
            difference.accept("%s: it is %s, and %s by the log".formatted(column, found, expected), position);
        }
    }

    private void json(String column, Map<String, @Nullable Object> expected, String found, long position) {
        boolean same;
        try {
            same = same(expected, Json.object(found).values());
        } catch (IllegalArgumentException unreadable) {
            same = false;
        }
        if (!same) {
            difference.accept(column + ": " + OTHER, position);
        }
    }

    private static boolean same(@Nullable Object expected, @Nullable Object found) {
        if (expected instanceof Map<?, ?> wanted && found instanceof Map<?, ?> there) {
            return wanted.entrySet().stream().allMatch(field -> same(field.getValue(), there.get(field.getKey())))
                    && there.entrySet().stream()
                            .allMatch(field -> wanted.containsKey(field.getKey()) || isNothing(field.getValue()));
        }
        if (expected instanceof List<?> wanted && found instanceof List<?> there) {
            if (wanted.size() != there.size()) {
                return false;
            }
            for (var i = 0; i < wanted.size(); i++) {
                if (!same(wanted.get(i), there.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (expected instanceof BigDecimal wanted && found instanceof BigDecimal there) {
            return wanted.compareTo(there) == 0;
        }
        return Objects.equals(expected, found);
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || value.equals(List.of());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
