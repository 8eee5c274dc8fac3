package io.mealexpense.query.readmodel;

import java.math.BigDecimal;

/** What one row adds to a total, or what a batch does in all. */
public record Sum(BigDecimal amount, long count) {

    /** One expense. */
    public static Sum of(BigDecimal amount) {
        return new Sum(amount, 1);
    }

    Sum plus(Sum other) {
        return new Sum(amount.add(other.amount), count + other.count);
    }

    Sum negated() {
        return new Sum(amount.negate(), -count);
    }

    boolean isNothing() {
        return count == 0 && amount.signum() == 0;
    }
}
