package io.mealexpense.command.expense;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The circulating currencies of ISO 4217: those that some country uses now, by the Java platform's own data. */
public final class Currencies {

    private static final Map<String, Currency> CIRCULATING = Stream.of(Locale.getISOCountries())
            .map(country -> Currency.getInstance(Locale.of("", country)))
            .filter(currency -> currency != null && currency.getDefaultFractionDigits() >= 0)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

    private Currencies() {}

    public static Optional<Currency> circulating(String code) {
        return Optional.ofNullable(CIRCULATING.get(code));
    }
}
