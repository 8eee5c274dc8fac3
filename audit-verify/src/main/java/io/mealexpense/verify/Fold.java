package io.mealexpense.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one expense or category come to, as a row of a read model. Written from the description of the
 * events (docs/events.md) and nothing else, so that it shares no mistake with the projections.
 */
final class Fold {

    /** An event that this program does not understand: a newer product wrote it. */
    static final class UnknownEventException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownEventException(String message) {
            super(message);
        }
    }

    private static final Set<String> CONTENTS =
            Set.of("MealExpenseRecorded", "MealExpenseAmended", "CategoryCreated", "CategoryAmended");

    /** Until when the last state of an aggregate holds. */
    private static final String FOR_GOOD = Long.toString(Long.MAX_VALUE);

    private long sequence = -1;
    private @Nullable String owner;
    private Json.Fields content = new Json.Fields(Map.of());
    private @Nullable Long recordedAt;
    private @Nullable Long amendedAt;
    private @Nullable Long deletedAt;
    private boolean archived;
    private @Nullable Fact last;
    private @Nullable String reason;

    void take(Fact fact, Json.Fields payload) throws UnknownEventException {
        if (!fact.revision().equals("1")) {
            throw unknown(fact);
        }
        switch (fact.name()) {
            case "MealExpenseRecorded" -> recordedAt = fact.recordedAt();
            case "MealExpenseAmended" -> amendedAt = fact.recordedAt();
            case "MealExpenseDeleted" -> deletedAt = fact.recordedAt();
            case "MealExpenseRestored" -> deletedAt = null;
            case "CategoryCreated", "CategoryAmended" -> {}
            case "CategoryArchived" -> archived = true;
            default -> throw unknown(fact);
        }
        if (owner == null) {
            owner = payload.text("ownerId");
        }
        if (CONTENTS.contains(fact.name())) {
            content = payload;
        }
        reason = payload.textOrNull("reason");
        sequence = fact.sequence();
        last = fact;
    }

    private static UnknownEventException unknown(Fact fact) {
        return new UnknownEventException("Position %d: this program does not know %s of revision %s."
                .formatted(fact.position(), fact.name(), fact.revision()));
    }

    /** Before the first event there is no row. */
    boolean isEmpty() {
        return sequence < 0;
    }

    /** The values of these columns. */
    Map<String, @Nullable String> row(List<Column> columns) {
        var row = new LinkedHashMap<String, @Nullable String>();
        for (var column : columns) {
            row.put(column.name(), value(column.name()));
        }
        return row;
    }

    private @Nullable String value(String column) {
        return switch (column) {
            case "owner_id" -> owner;
            case "sequence" -> Long.toString(sequence);
            case "deleted" -> Boolean.toString(deletedAt != null);
            case "archived" -> Boolean.toString(archived);
            case "recorded_at" -> moment(recordedAt);
            case "amended_at" -> moment(amendedAt);
            case "deleted_at" -> moment(deletedAt);
            case "event" -> last().name();
            case "at" -> moment(last().recordedAt());
            case "actor_id" -> last().actorId();
            case "reason" -> reason;
            case "from_position" -> Long.toString(last().position());
            case "until_position" -> FOR_GOOD;
            case "spent_on" -> content.textOrNull("spentOn");
            case "month" -> content.text("spentOn").substring(0, "2026-03".length()) + "-01";
            case "spent_at" -> {
                var time = content.textOrNull("spentAt");
                yield time == null ? null : Column.time(time);
            }
            case "amount", "tax", "tip" -> {
                var amount = content.textOrNull(column);
                yield amount == null ? null : Column.amount(amount);
            }
            case "party_size" ->
                content.values().get("partySize") == null ? null : Long.toString(content.number("partySize"));
            case "tags", "attendees" -> Column.list(content.texts(column));
            case "meal_type" -> content.textOrNull("mealType");
            case "order_type" -> content.textOrNull("orderType");
            case "category_id" -> content.textOrNull("categoryId");
            case "restaurant_id" -> content.textOrNull("restaurantId");
            case "zone", "currency", "place", "purpose", "notes", "name", "colour", "icon" ->
                content.textOrNull(column);
            default -> throw new IllegalStateException("No fold gives " + column);
        };
    }

    private Fact last() {
        return Objects.requireNonNull(last, "no event yet");
    }

    private static @Nullable String moment(@Nullable Long micros) {
        return micros == null ? null : micros.toString();
    }
}
