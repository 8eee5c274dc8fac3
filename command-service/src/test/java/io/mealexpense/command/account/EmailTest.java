package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmailTest {

    @Test
    void case_and_spelling_of_letters_and_blanks_around_do_not_matter() {
        assertThat(Email.parse(" Zoe\u0308@Example.TEST ")).contains(new Email("zo\u00eb@example.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.co", "first.last+tag@sub.example.test", "o'neill@example.test", "用户@例え.テスト"})
    void what_mail_systems_deliver_is_an_address(String address) {
        assertThat(Email.parse(address)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "@example.test",
                "alice@",
                "alice@localhost",
                "alice@@example.test",
                "a b@example.test",
                "alice@exa mple.test",
                "alice@-example.test",
                "alice@example..test",
                ".alice@example.test",
                "alice\u0001@example.test",
                "<alice@example.test>"
            })
    void anything_else_is_not(String typed) {
        assertThat(Email.parse(typed)).isEmpty();
    }

    @Test
    void an_address_has_at_most_254_characters_and_64_before_the_at() {
        var domain = "@" + "d".repeat(60) + "." + "e".repeat(60) + "." + "f".repeat(60) + ".test";
        assertThat(Email.parse("a".repeat(64) + domain)).isPresent();
        assertThat(Email.parse("a".repeat(65) + domain)).isEmpty();
        assertThat(Email.parse("a".repeat(64) + "@" + "d".repeat(60) + "." + "e".repeat(60) + "." + "f".repeat(60) + "."
                        + "g".repeat(10)))
                .isEmpty();
    }

    @Test
    void a_hostile_address_costs_nothing() {
        assertThat(Email.parse("a".repeat(100_000))).isEmpty();
        assertThat(Email.parse("a.".repeat(250) + "@")).isEmpty();
    }
}
