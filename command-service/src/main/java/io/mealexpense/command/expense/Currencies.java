package io.mealexpense.command.expense;

import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The circulating currencies of ISO 4217: those that some country uses now, by the Java platform's own data. */
public final class Currencies {

    private static final Set<Currency> CIRCULATING = Stream.of(Locale.getISOCountries())
            .map(country -> Currency.getInstance(Locale.of("", country)))
            .filter(currency -> currency != null && currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableSet());

    private Currencies() {}

    public static Optional<Currency> circulating(String code) {
        return CIRCULATING.stream()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .findFirst();
    }
}
