package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {

    @Test
    void values_of_every_kind_are_read() {
        assertThat(
                        Json.parse(
                                " {\"a\": [1, -2.50, 1e2, true, false, null, \"x\\n\\u00e9\\ud83c\\udf54\\\"\\/\"], \"b\": {}, \"c\": []} "))
                .isEqualTo(Map.of(
                        "a",
                        java.util.Arrays.asList(
                                new BigDecimal(1),
                                new BigDecimal("-2.50"),
                                new BigDecimal("1E+2"),
                                true,
                                false,
                                null,
                                "x\né🍔\"/"),
                        "b",
                        Map.of(),
                        "c",
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":1}",
                "{a:1}",
                "[1,]",
                "[1 2]",
                "1 2",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e1000000000",
                "NaN",
                "tru",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\t\"",
                "'a'"
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
    }

    @Test
    void what_is_nested_too_deeply_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[".repeat(100_000)))
                .withMessageContaining("too deep");
    }
}
