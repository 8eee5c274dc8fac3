package io.mealexpense.query.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions that all hold, with their parameters; the SQL never contains a value. */
public final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    public Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** Adds the condition, which names the parameter, unless the value is absent or an empty collection. */
    public Where and(String condition, String parameter, @Nullable Object value) {
        if (value != null && !(value instanceof Collection<?> values && values.isEmpty())) {
            conditions.add(condition);
            parameters.put(parameter, value);
        }
        return this;
    }

    public Where owners(Owners owners) {
        return and("owner_id = :owner", "owner", owners.only().orElse(null));
    }

    /** Categories, the uncategorised among them. */
    public Where categories(Collection<CategoryChoice> choices) {
        var ids = choices.stream()
                .map(CategoryChoice::id)
                .filter(id -> id != null)
                .toList();
        if (choices.contains(CategoryChoice.none())) {
            return ids.isEmpty()
                    ? and("category_id IS NULL")
                    : and("(category_id IS NULL OR category_id IN (:categories))", "categories", ids);
        }
        return and("category_id IN (:categories)", "categories", ids);
    }

    public Where parameter(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    public String sql() {
        return conditions.isEmpty() ? "" : "WHERE " + String.join("\n   AND ", conditions);
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}
