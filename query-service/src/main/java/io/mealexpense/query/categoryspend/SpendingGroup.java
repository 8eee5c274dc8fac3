package io.mealexpense.query.categoryspend;

import io.mealexpense.query.readmodel.Coded;
import java.util.Arrays;
import java.util.Optional;

/** What spending can be grouped by. */
enum SpendingGroup implements Coded {
    MONTH("month", "to_char(spent_on, 'YYYY-MM')", "{}"),
    DAY("day", "to_char(spent_on, 'YYYY-MM-DD')", "{}"),
    CATEGORY("category", "category_id::text", "{} NULLS LAST"),
    MEAL_TYPE("mealType", "meal_type", "{}"),
    /** Days of the week begin on Monday, as in ISO 8601. */
    WEEKDAY(
            "weekday",
            "(ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])"
                    + "[extract(isodow FROM spent_on)::int]",
            "min(extract(isodow FROM spent_on))");

    private final String code;
    private final String expression;
    private final String order;

    SpendingGroup(String code, String expression, String order) {
        this.code = code;
        this.expression = expression;
        this.order = order;
    }

    @Override
    public String code() {
        return code;
    }

    static Optional<SpendingGroup> of(String code) {
        return Arrays.stream(values()).filter(group -> group.code.equals(code)).findFirst();
    }

    String expression() {
        return expression;
    }

    String order() {
        return order.replace("{}", expression);
    }
}
