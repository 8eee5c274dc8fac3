package io.mealexpense.command.expense;

import java.util.Optional;
import java.util.stream.Stream;

/** How the meal was ordered. */
public enum OrderType {
    DINE_IN("dine-in"),
    TAKEOUT("takeout"),
    DELIVERY("delivery"),
    DRIVE_THRU("drive-thru"),
    CATERING("catering"),
    OTHER("other");

    private final String code;

    OrderType(String code) {
        this.code = code;
    }

    /** As written in requests, answers and events. */
    public String code() {
        return code;
    }

    public static Optional<OrderType> of(String code) {
        return Stream.of(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
