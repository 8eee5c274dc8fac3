package io.mealexpense.command.expenseimport.web;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount as files write it, in our own convention: spent is positive, money back negative.
 *
 * @param amount plain decimal in major units
 * @param currency ISO 4217 code that the amount itself names, absent if it names none
 */
record Sum(String amount, @Nullable String currency) {

    private static final int LONGEST = 40;
    private static final String CURRENCY = "US\\$|[$€£¥]|[A-Za-z]{3}";
    private static final Pattern FORM =
            Pattern.compile("(?<before>" + CURRENCY + ")? ?(?<open>\\()? ?(?<sign>[-+])? ?(?<inside>" + CURRENCY
                    + ")? ?(?<late>[-+])? ?(?<number>[0-9.][0-9., ']*?) ?(?<behind>" + CURRENCY
                    + ")? ?(?<close>\\))? ?(?<after>" + CURRENCY + ")?");
    private static final Pattern PLAIN = Pattern.compile("[0-9]+(\\.[0-9]+)?|\\.[0-9]+");
    private static final Pattern THOUSANDS =
            Pattern.compile("[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?|[0-9]{1,3}([' ][0-9]{3})+(\\.[0-9]+)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile(
            "[0-9]+,[0-9]{1,2}|[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+|[0-9]{1,3}([' ][0-9]{3})+,[0-9]+|[0-9]{1,3}(\\.[0-9]{3}){2,}");
    private static final Map<String, String> SYMBOLS =
            Map.of("$", "USD", "US$", "USD", "€", "EUR", "£", "GBP", "¥", "JPY");

    /**
     * Reads a cell. Parentheses are money spent and {@code +} is money back, always; otherwise a bank writes
     * {@code -} for money spent, everybody else for money back.
     *
     * @throws CellException if it is no amount
     */
    static Sum read(String cell, boolean fromBank) {
        if (cell.length() > LONGEST) {
            throw notASum();
        }
        var text = cell.replace('\u2212', '-')
                .replace('\u2019', '\'')
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw notASum();
        }
        var enclosed = form.group("open") != null;
        var sign = only(form.group("sign"), form.group("late"));
        if (enclosed != (form.group("close") != null) || enclosed && sign != null) {
            throw notASum();
        }
        var name = only(form.group("before"), form.group("inside"), form.group("behind"), form.group("after"));
        var spent = enclosed || (fromBank ? "-".equals(sign) : sign == null);
        var number = new BigDecimal(plain(form.group("number"))).stripTrailingZeros();
        return new Sum((spent ? number : number.negate()).toPlainString(), name == null ? null : currency(name));
    }

    /** The amount, and the currency if there is one. */
    String text() {
        return currency == null ? amount : amount + " " + currency;
    }

    private static CellException notASum() {
        return new CellException("is not an amount such as 12.50, $12.50, (12.50) or -12.50");
    }

    private static @Nullable String only(@Nullable String... groups) {
        String found = null;
        for (var group : groups) {
            if (group != null && found != null) {
                throw notASum();
            }
            found = group == null ? found : group;
        }
        return found;
    }

    private static String currency(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return SYMBOLS.getOrDefault(upper, upper);
    }

    private static String plain(String number) {
        if (PLAIN.matcher(number).matches()) {
            return number;
        }
        if (THOUSANDS.matcher(number).matches()) {
            return number.replaceAll("[,' ]", "");
        }
        if (DECIMAL_COMMA.matcher(number).matches()) {
            return number.replaceAll("[.' ]", "").replace(',', '.');
        }
        throw notASum();
    }
}
