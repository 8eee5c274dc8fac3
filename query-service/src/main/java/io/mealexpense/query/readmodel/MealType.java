package io.mealexpense.query.readmodel;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Kinds of meal, by their codes. */
@Schema(enumAsRef = true)
public enum MealType implements Coded {
    BREAKFAST,
    BRUNCH,
    LUNCH,
    DINNER,
    SNACKS,
    DRINKS,
    DESSERT,
    LATE_NIGHT,
    GROCERIES,
    OTHER;

    @Override
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
