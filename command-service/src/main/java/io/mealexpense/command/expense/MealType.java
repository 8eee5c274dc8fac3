package io.mealexpense.command.expense;

import java.util.Optional;
import java.util.stream.Stream;

/** Which meal it was. */
public enum MealType {
    BREAKFAST("breakfast"),
    BRUNCH("brunch"),
    LUNCH("lunch"),
    DINNER("dinner"),
    SNACKS("snacks"),
    DRINKS("drinks"),
    DESSERT("dessert"),
    LATE_NIGHT("late-night"),
    GROCERIES("groceries"),
    OTHER("other");

    private final String code;

    MealType(String code) {
        this.code = code;
    }

    /** As written in requests, answers and events. */
    public String code() {
        return code;
    }

    public static Optional<MealType> of(String code) {
        return Stream.of(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
