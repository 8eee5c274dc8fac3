package io.mealexpense.query.expenselist;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.readmodel.Coded;
import java.util.Locale;

/** The list proper, or the bin. */
enum ExpenseState implements Coded {
    ACTIVE,
    DELETED;

    @Override
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
