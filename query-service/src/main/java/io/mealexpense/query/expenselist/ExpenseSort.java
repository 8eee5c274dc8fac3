package io.mealexpense.query.expenselist;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.readmodel.Coded;

/** Orders of the list; ties are broken by id, in the same direction. */
enum ExpenseSort implements Coded {
    NEWEST("-spentOn", "spent_on", "CAST(:key AS date)", true),
    OLDEST("spentOn", "spent_on", "CAST(:key AS date)", false),
    SMALLEST("amount", "amount", "CAST(:key AS numeric)", false),
    LARGEST("-amount", "amount", "CAST(:key AS numeric)", true),
    PLACE("place", "(place_key = ''), place_key", "(:key = ''), :key", false);

    private final String code;
    private final String columns;
    private final String key;
    private final boolean descending;

    ExpenseSort(String code, String columns, String key, boolean descending) {
        this.code = code;
        this.columns = columns;
        this.key = key;
        this.descending = descending;
    }

    @Override
    @JsonValue
    public String code() {
        return code;
    }

    boolean byAmount() {
        return columns.equals("amount");
    }

    String orderBy() {
        var direction = descending ? " DESC" : "";
        return columns.replace(",", direction + ",") + direction + ", expense_id" + direction;
    }

    /** Rows after the one with {@code :key} and {@code :id}. */
    String beyond() {
        return "(%s, expense_id) %s (%s, CAST(:id AS uuid))".formatted(columns, descending ? "<" : ">", key);
    }

    String keyOf(ExpenseRow row) {
        return switch (this) {
            case NEWEST, OLDEST -> row.spentOn().toString();
            case SMALLEST, LARGEST -> row.amount().toPlainString();
            case PLACE -> row.placeKey();
        };
    }
}
