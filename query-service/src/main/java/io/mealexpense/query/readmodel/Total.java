package io.mealexpense.query.readmodel;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;

/**
 * What was spent in one currency.
 *
 * @param currency ISO 4217 code
 * @param amount in major units, with the currency's digits
 * @param count of expenses
 */
@Schema(requiredProperties = {"currency", "amount", "count"})
public record Total(
        @Schema(example = "EUR", pattern = Total.CURRENCY_PATTERN)
        String currency,

        @Schema(example = "12.50", pattern = Total.AMOUNT_PATTERN)
        String amount,

        @Schema(minimum = "0") long count) {

    public static final String AMOUNT_PATTERN = "^-?(0|[1-9]\\d*)(\\.\\d+)?$";
    public static final String CURRENCY_PATTERN = "^[A-Z]{3}$";

    public static final Comparator<Total> BY_CURRENCY = Comparator.comparing(Total::currency);

    public static Total of(String currency, BigDecimal amount, long count) {
        return new Total(currency, text(amount, currency), count);
    }

    /** The amount padded to the digits of its currency; digits beyond them are kept, never rounded. */
    public static String text(BigDecimal amount, String currency) {
        var digits = digitsOf(currency);
        var exact = amount.scale() > digits ? amount.stripTrailingZeros() : amount;
        return (exact.scale() < digits ? exact.setScale(digits) : exact).toPlainString();
    }

    private static int digitsOf(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknownToThisJdk) {
            return 2;
        }
    }
}
