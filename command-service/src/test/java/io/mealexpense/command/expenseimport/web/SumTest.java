package io.mealexpense.command.expenseimport.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SumTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # cell      | a tracker's | a bank's
                    24.77       | 24.77       | -24.77
                    -24.77      | -24.77      | 24.77
                    (24.77)     | 24.77       | 24.77
                    +24.77      | -24.77      | -24.77
                    \u221224.77 | -24.77      | 24.77
                    """)
    void the_sign_says_who_paid(String cell, String tracker, String bank) {
        assertThat(Sum.read(cell, false)).isEqualTo(new Sum(tracker, null));
        assertThat(Sum.read(cell, true)).isEqualTo(new Sum(bank, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $24.77        | 24.77  | USD
                    US$ 24.77     | 24.77  | USD
                    -$24.77       | -24.77 | USD
                    $-24.77       | -24.77 | USD
                    ($24.77)      | 24.77  | USD
                    $(24.77)      | 24.77  | USD
                    +$76.89       | -76.89 | USD
                    €9.50         | 9.5    | EUR
                    9,50 €        | 9.5    | EUR
                    £3            | 3      | GBP
                    ¥1250         | 1250   | JPY
                    CHF 12.50     | 12.5   | CHF
                    12.50 eur     | 12.5   | EUR
                    """)
    void a_currency_may_stand_beside_it(String cell, String amount, String currency) {
        assertThat(Sum.read(cell, false)).isEqualTo(new Sum(amount, currency));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1,234.50      | 1234.5
                    1,234         | 1234
                    12,345,678.9  | 12345678.9
                    1.234,50      | 1234.5
                    1.234.567     | 1234567
                    1 234,50      | 1234.5
                    1'234.50      | 1234.5
                    12,5          | 12.5
                    12,50         | 12.5
                    .5            | 0.5
                    007.50        | 7.5
                    1000          | 1000
                    1.125         | 1.125
                    0.00          | 0
                    """)
    void thousands_are_grouped_in_many_ways(String cell, String amount) {
        assertThat(Sum.read(cell, false).amount()).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "12.50.1",
                "1,23,456",
                "1E+5",
                "1e3",
                "NaN",
                "(-24.77)",
                "(+24.77)",
                "+-1",
                "(24.77",
                "24.77)",
                "$",
                "()",
                "12.",
                "=1+1",
                "$5 EUR",
                "١٢",
                "#REF!",
                "1,234,5",
                "11111111111111111111111111111111111111111"
            })
    void what_is_no_amount_is_told(String cell) {
        assertThatThrownBy(() -> Sum.read(cell, false))
                .isInstanceOf(CellException.class)
                .hasMessageStartingWith("is not an amount");
    }
}
