package io.mealexpense.query.versions;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the log says was so at any of its positions, folded from the stored JSON from the beginning each time. It knows
 * docs/events.md and the HTTP conventions, and none of the classes that the product folds with.
 */
final class FoldedLog {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Integer> DIGITS = Map.of("EUR", 2, "USD", 2, "JPY", 0, "TND", 3);
    private static final List<String> COPIED = List.of(
            "spentOn",
            "zone",
            "currency",
            "mealType",
            "orderType",
            "partySize",
            "categoryId",
            "restaurantId",
            "place",
            "tags",
            "purpose",
            "attendees",
            "notes");

    /** An event as stored. */
    record Entry(
            long position,
            Instant at,
            String aggregate,
            long sequence,
            String name,
            JsonNode payload,
            String actor,
            @Nullable String reason) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Reads what concerns some owners, from a log that may hold more. */
    FoldedLog(Database database, Set<String> owners) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT position, recorded_at, aggregate_id, sequence, name, payload, metadata
                          FROM event_store.domain_event ORDER BY position
                        """)) {
            while (row.next()) {
                var payload = JSON.readTree(row.getString("payload"));
                if (owners.contains(payload.path("ownerId").asString(""))) {
                    entries.add(new Entry(
                            row.getLong("position"),
                            row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                            row.getString("aggregate_id"),
                            row.getLong("sequence"),
                            row.getString("name"),
                            payload,
                            JSON.readTree(row.getString("metadata"))
                                    .path("actorId")
                                    .asString("system"),
                            payload.hasNonNull("reason") ? payload.get("reason").asString() : null));
                }
            }
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** The expenses and categories that there were when the last of the accepted events had happened. */
    State at(Predicate<Entry> happened) {
        var state = new State();
        entries.stream().filter(happened).forEach(state::take);
        return state;
    }

    State at(Instant moment) {
        return at(entry -> !entry.at().isAfter(moment));
    }

    State at(long position) {
        return at(entry -> entry.position() <= position);
    }

    /** Expenses and categories as answers spell them, the deleted and archived ones too. */
    static final class State {

        final Map<String, ObjectNode> expenses = new HashMap<>();
        final Map<String, ObjectNode> categories = new HashMap<>();

        private void take(Entry entry) {
            var id = entry.aggregate();
            switch (entry.name()) {
                case "MealExpenseRecorded" -> expenses.put(id, content(entry).put("recordedAt", text(entry.at())));
                case "MealExpenseAmended" -> {
                    var before = expenses.get(id);
                    expenses.put(
                            id,
                            content(entry)
                                    .put("recordedAt", before.get("recordedAt").asString())
                                    .put("amendedAt", text(entry.at())));
                }
                case "MealExpenseDeleted" ->
                    expenses.get(id).put("version", entry.sequence()).put("deletedAt", text(entry.at()));
                case "MealExpenseRestored" ->
                    expenses.get(id).put("version", entry.sequence()).remove("deletedAt");
                case "CategoryCreated" -> categories.put(id, look(entry).put("archived", false));
                case "CategoryAmended" ->
                    categories.put(
                            id,
                            look(entry)
                                    .put(
                                            "archived",
                                            categories.get(id).get("archived").asBoolean()));
                case "CategoryArchived" ->
                    categories.get(id).put("archived", true).put("version", entry.sequence());
                default -> throw new IllegalStateException("Not made by this test: " + entry.name());
            }
        }

        private static ObjectNode content(Entry entry) {
            var payload = entry.payload();
            var expense = JSON.createObjectNode()
                    .put("id", entry.aggregate())
                    .put("ownerId", payload.get("ownerId").asString())
                    .put("version", entry.sequence());
            COPIED.stream().filter(payload::hasNonNull).forEach(name -> expense.set(name, payload.get(name)));
            for (var list : List.of("tags", "attendees")) {
                if (!expense.has(list)) {
                    expense.putArray(list);
                }
            }
            expense.putArray("receipts");
            var currency = payload.get("currency").asString();
            for (var name : List.of("amount", "tax", "tip")) {
                if (payload.hasNonNull(name)) {
                    expense.put(name, money(new BigDecimal(payload.get(name).asString()), currency));
                }
            }
            if (payload.hasNonNull("spentAt")) {
                expense.put("spentAt", payload.get("spentAt").asString().substring(0, 5));
            }
            return expense;
        }

        private static ObjectNode look(Entry entry) {
            var look = JSON.createObjectNode()
                    .put("id", entry.aggregate())
                    .put("ownerId", entry.payload().get("ownerId").asString())
                    .put("version", entry.sequence());
            List.of("name", "colour", "icon")
                    .forEach(name -> look.set(name, entry.payload().get(name)));
            return look;
        }

        private static String text(Instant at) {
            return at.toString();
        }

        /** The expenses outside of the bin. */
        List<ObjectNode> alive(Predicate<ObjectNode> filter) {
            return expenses.values().stream()
                    .filter(expense -> !expense.has("deletedAt"))
                    .filter(filter)
                    .toList();
        }
    }

    static String money(BigDecimal amount, String currency) {
        return amount.setScale(DIGITS.get(currency)).toPlainString();
    }

    static LocalDate day(JsonNode expense) {
        return LocalDate.parse(expense.get("spentOn").asString());
    }

    static BigDecimal amount(JsonNode expense) {
        return new BigDecimal(expense.get("amount").asString());
    }

    static String text(JsonNode expense, String name) {
        return expense.hasNonNull(name) ? expense.get(name).asString() : "";
    }

    /** Sums by currency, as every answer has them. */
    static List<String> totals(List<? extends JsonNode> expenses) {
        var amounts = new TreeMap<String, BigDecimal>();
        var counts = new TreeMap<String, Integer>();
        for (var expense : expenses) {
            amounts.merge(text(expense, "currency"), amount(expense), BigDecimal::add);
            counts.merge(text(expense, "currency"), 1, Integer::sum);
        }
        return amounts.entrySet().stream()
                .map(sum -> "%s %s in %d"
                        .formatted(sum.getKey(), money(sum.getValue(), sum.getKey()), counts.get(sum.getKey())))
                .toList();
    }

    /** Sums by currency under each key, in the order of the keys. */
    static Map<String, List<String>> totalsBy(List<ObjectNode> expenses, Function<ObjectNode, String> key) {
        var groups = expenses.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        var totals = new TreeMap<String, List<String>>();
        groups.forEach((name, group) -> totals.put(name, totals(group)));
        return totals;
    }

    static Comparator<ObjectNode> byId() {
        return Comparator.comparing(expense -> text(expense, "id"));
    }
}
