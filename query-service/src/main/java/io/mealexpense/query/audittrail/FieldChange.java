package io.mealexpense.query.audittrail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field whose content an event changed.
 *
 * @param field as in the expense
 * @param from absent where nothing was
 * @param to absent where nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = "field")
record FieldChange(
        @Schema(
                allowableValues = {
                    "spentOn",
                    "spentAt",
                    "zone",
                    "amount",
                    "currency",
                    "tax",
                    "tip",
                    "mealType",
                    "orderType",
                    "partySize",
                    "categoryId",
                    "restaurantId",
                    "place",
                    "tags",
                    "purpose",
                    "attendees",
                    "notes"
                })
        String field,

        @Schema(
                implementation = Object.class,
                oneOf = {String.class, Integer.class, String[].class})
        @Nullable
        JsonNode from,

        @Schema(
                implementation = Object.class,
                oneOf = {String.class, Integer.class, String[].class})
        @Nullable
        JsonNode to) {

    /** What members write, in the order of the form. */
    private static final List<String> CONTENT = List.of(
            "spentOn",
            "spentAt",
            "zone",
            "amount",
            "currency",
            "tax",
            "tip",
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

    /** Whether the payload carries the content of an expense. */
    static boolean hasContent(JsonNode payload) {
        return payload.has("amount");
    }

    /** What differs between two contents; the first is absent at the beginning. */
    static List<FieldChange> between(@Nullable JsonNode before, JsonNode after) {
        var changes = new ArrayList<FieldChange>();
        for (var field : CONTENT) {
            var from = before instanceof ObjectNode content ? given(content, field) : null;
            var to = given(after, field);
            if (from == null ? to != null : !from.equals(to)) {
                changes.add(new FieldChange(field, from, to));
            }
        }
        return changes;
    }

    /** An empty list says as little as no list. */
    private static @Nullable JsonNode given(JsonNode content, String field) {
        var value = content.get(field);
        return value == null || value.isNull() || (value.isArray() && value.isEmpty()) ? null : value;
    }
}
