package io.mealexpense.command.expenseimport.web;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The columns that are understood, under every name they are known by; letters' case, blanks, hyphens and underscores
 * do not count. All others are ignored, and so are {@code cleared_date}, {@code updated_at} and
 * {@code restaurant_google_place_id} of the earlier tracker's export, which nothing here could be done with.
 */
enum Column {
    DATE("spentOn", "date", "posted on", "posted date", "transaction date", "spent on"),
    TIME("spentAt", "time", "spent at"),
    TIME_UTC("spentAt", "time utc"),
    DATETIME_UTC("spentOn", "datetime utc"),
    ZONE("zone", "zone", "time zone"),
    AMOUNT("amount", "amount"),
    CURRENCY("currency", "currency"),
    TAX("tax", "tax"),
    TIP("tip", "tip"),
    MEAL_TYPE("mealType", "meal type"),
    ORDER_TYPE("orderType", "order type"),
    PARTY_SIZE("partySize", "party size"),
    CATEGORY("categoryId", "category name", "category", "usage category"),
    PLACE("place", "place", "restaurant name", "restaurant", "merchant"),
    PAYEE("place", "payee"),
    NOTES("notes", "notes", "note", "memo"),
    ADDRESS("notes", "restaurant address"),
    CITY("notes", "restaurant city"),
    STATE("notes", "restaurant state"),
    POSTAL_CODE("notes", "restaurant postal code"),
    COUNTRY("notes", "restaurant country"),
    TAGS("tags", "tags"),
    PURPOSE("purpose", "purpose"),
    ATTENDEES("attendees", "attendees"),
    ID("id", "id"),
    CREATED_AT(null, "created at"),
    EXCLUSION(null, "exclusion");

    private static final Map<String, Column> BY_NAME = new HashMap<>();

    static {
        for (var column : values()) {
            column.names.forEach(name -> BY_NAME.put(key(name), column));
        }
    }

    private final @Nullable String property;
    private final List<String> names;

    Column(@Nullable String property, String... names) {
        this.property = property;
        this.names = List.of(names);
    }

    /** The property of an expense that it fills, where it fills one alone or first. */
    Optional<String> property() {
        return Optional.ofNullable(property);
    }

    static Optional<Column> named(String header) {
        return header.length() > 100 ? Optional.empty() : Optional.ofNullable(BY_NAME.get(key(header)));
    }

    private static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}_-]+", "")
                .toLowerCase(Locale.ROOT);
    }
}
