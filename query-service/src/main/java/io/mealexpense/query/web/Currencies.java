package io.mealexpense.query.web;

import java.util.Collection;
import java.util.Currency;
import java.util.function.BiConsumer;

/** Currencies to filter by. */
public final class Currencies {

    private Currencies() {}

    /** Refuses what never was a currency. */
    public static void check(Collection<String> codes, BiConsumer<String, String> refuse) {
        if (!codes.stream().allMatch(Currencies::exists)) {
            refuse.accept("currency", "is not a currency code such as EUR");
        }
    }

    private static boolean exists(String code) {
        try {
            Currency.getInstance(code);
            return true;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
