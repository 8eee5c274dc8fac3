package io.mealexpense.command.expense;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * A sum in one currency, scaled to its fraction digits; negative is money back.
 *
 * @param amount in major units
 */
public record Money(BigDecimal amount, Currency currency) {

    /** At most twelve digits before the point; no sign but minus, no exponent. */
    private static final Pattern FORM = Pattern.compile("-?(0|[1-9]\\d{0,11})(\\.\\d{1,18})?");

    /** Why a text is no sum; the message is for whoever typed it. */
    public static final class NotMoneyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotMoneyException(String message) {
            super(message, null, false, false);
        }
    }

    public Money {
        var digits = currency.getDefaultFractionDigits();
        if (amount.scale() > digits) {
            throw new NotMoneyException("has more than the %d decimals of %s".formatted(digits, currency));
        }
        amount = amount.setScale(digits);
    }

    /**
     * Reads a decimal such as {@code 12.50}; the form is checked before any arithmetic, so a monster costs nothing.
     *
     * @throws NotMoneyException if it is none, or has more decimals than its currency
     */
    public static Money parse(String text, Currency currency) {
        if (text.length() > 40 || !FORM.matcher(text).matches()) {
            throw new NotMoneyException("is not a decimal such as 12.50 with at most 12 digits before the point");
        }
        return new Money(new BigDecimal(text), currency);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }
}
