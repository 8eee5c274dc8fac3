package io.mealexpense.query.expenselist;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.query.expense.SearchText;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpenseCsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=1\n+1", "'=1", "''-1"})
    void what_a_spreadsheet_would_calculate_gets_an_apostrophe_in_front(String text) {
        assertThat(ExpenseCsv.text(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Corner Deli", "'s-Hertogenbosch", "a=b", "5-a-day", "", "'"})
    void other_text_stays_as_it_is(String text) {
        assertThat(ExpenseCsv.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a; b           | c     | "a; b"; c
                    he said "a; b" |       | "he said ""a; b\"""
                    "quoted"       | x     | ""\"quoted""\"; x
                    =1+1           | -2    | '=1+1; -2
                    =1; 2          |       | "=1; 2"
                    Smith, Bob     | Carol | Smith, Bob; Carol
                    Bob "B" Smith  | x     | Bob "B" Smith; x
                    """)
    void several_in_one_cell_stay_apart_whatever_they_contain(String first, String second, String cell) {
        assertThat(ExpenseCsv.list(second == null ? List.of(first) : List.of(first, second)))
                .isEqualTo(cell);
    }

    @Test
    void nothing_stays_nothing() {
        assertThat(ExpenseCsv.text(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "CAFÉ Zoë, cafe zoe",
        "Straße  7, strasse 7",
        "' Łódź ', lodz",
        "Smørrebrød, smorrebrod",
        "İstanbul, istanbul",
        "ﬁsh, fish",
        "東京, 東京"
    })
    void search_sees_neither_case_nor_accents(String text, String normalised) {
        assertThat(SearchText.normalised(text)).isEqualTo(normalised);
        assertThat(SearchText.normalised(normalised)).isEqualTo(normalised);
    }
}
