package io.mealexpense.command.expense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "12.5, EUR, 12.50",
        "12, EUR, 12.00",
        "-0.01, EUR, -0.01",
        "1250000, JPY, 1250000",
        "1.125, KWD, 1.125",
        "999999999999.99, EUR, 999999999999.99"
    })
    void a_decimal_is_padded_to_the_digits_of_its_currency(String text, String currency, String amount) {
        assertThat(Money.parse(text, Currency.getInstance(currency)).amount()).hasToString(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1,5",
                "01",
                "+1",
                "1.",
                ".5",
                "1e3",
                "1E+100000000",
                "1000000000000",
                "NaN",
                "- 1",
                "1 000",
                "١٢"
            })
    void what_is_no_decimal_is_refused_before_any_arithmetic(String text) {
        assertThatThrownBy(() -> Money.parse(text, Currency.getInstance("EUR")))
                .isInstanceOf(Money.NotMoneyException.class);
    }

    @ParameterizedTest
    @CsvSource({"12.505, EUR", "12.500, EUR", "12.0, JPY", "1.5, JPY", "0.0001, KWD"})
    void more_decimals_than_the_currency_has_are_refused(String text, String currency) {
        assertThatThrownBy(() -> Money.parse(text, Currency.getInstance(currency)))
                .isInstanceOf(Money.NotMoneyException.class)
                .hasMessageContaining(currency);
    }

    @ParameterizedTest
    @CsvSource({"EUR, true", "USD, true", "JPY, true", "DEM, false", "XAU, false", "XXX, false", "eur, false"})
    void only_circulating_currencies_are_known(String code, boolean circulating) {
        assertThat(Currencies.circulating(code).isPresent()).isEqualTo(circulating);
    }
}
