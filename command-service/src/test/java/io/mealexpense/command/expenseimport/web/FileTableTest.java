package io.mealexpense.command.expenseimport.web;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileTableTest {

    private static final String CAFE = "date,amount,place\n2026-03-15,5.00,Café “Müller”\n";

    private static FileTable table(String text) {
        return FileTable.of(text);
    }

    static List<byte[]> encoded() {
        return List.of(
                CAFE.getBytes(UTF_8),
                ("\uFEFF" + CAFE).getBytes(UTF_8),
                ("\uFEFF" + CAFE).getBytes(UTF_16LE),
                ("\uFEFF" + CAFE).getBytes(UTF_16BE),
                CAFE.getBytes(Charset.forName("windows-1252")));
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void every_usual_encoding_is_read(byte[] file) {
        assertThat(table(FileText.of(file)).rows())
                .extracting(row -> row.cell(Column.PLACE))
                .containsExactly("Café “Müller”");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date,amount,notes\n2026-03-15,5.00,\"one, two\nthree \"\"four\"\"\"\n",
                "Date;AMOUNT; Notes \r\n2026-03-15;5.00;\"one, two\nthree \"\"four\"\"\"\r\n",
                "\"date\"\t\"amount\"\t\"notes\"\n2026-03-15\t5.00\t\"one, two\nthree \"\"four\"\"\"",
                "sep=;\ndate;amount;notes\n2026-03-15;5.00;\"one, two\nthree \"\"four\"\"\"",
                "Account 12345\n\ndate, amount, notes\n2026-03-15, 5.00, \"one, two\nthree \"\"four\"\"\"\n"
            })
    void every_usual_delimiter_and_quoting_is_read(String text) {
        var row = table(text).rows().getFirst();

        assertThat(row.number()).isOne();
        assertThat(row.cell(Column.DATE)).isEqualTo("2026-03-15");
        assertThat(row.cell(Column.AMOUNT)).isEqualTo("5.00");
        assertThat(row.cell(Column.NOTES)).isEqualTo("one, two\nthree \"four\"");
    }

    @Test
    void unknown_columns_are_ignored_and_empty_rows_count() {
        var rows = table("what,date,amount\nx,2026-03-15,1\n,,\n\n ,2026-03-16,2\n")
                .rows();

        assertThat(rows).extracting(FileRow::number).containsExactly(1, 4);
        assertThat(rows.getFirst().cells()).containsOnlyKeys(Column.DATE, Column.AMOUNT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date,amount,amount                | “amount” and “amount”
                    date,Amount, AMOUNT ,amount       | “Amount” and “AMOUNT”
                    date,amount,category,category_name| “category” and “category_name”
                    date;posted on;amount;memo;notes  | “date” and “posted on”, “memo” and “notes”
                    """)
    void two_columns_for_one_thing_are_refused_by_name(String header, String names) {
        assertThatThrownBy(() -> table(header + "\n2026-03-15,1,2,3\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.NOTHING_TO_IMPORT))
                .hasMessageContaining(names);
    }

    @Test
    void columns_that_mean_nothing_here_may_repeat() {
        assertThat(table("date,amount,what,what,,\n2026-03-15,1,a,b,,\n").rows())
                .hasSize(1);
    }

    @Test
    void missing_cells_at_the_end_are_empty_ones() {
        assertThat(table("date,amount,notes\n2026-03-15,5\n").rows().getFirst().broken())
                .isNull();
    }

    @Test
    void a_row_with_too_many_cells_is_told() {
        var rows = table("date,amount,notes\n2026-03-15,5,one, two\n2026-03-16,6,three\n")
                .rows();

        assertThat(rows.getFirst().broken()).contains("4 cells where 3 columns");
        assertThat(rows.get(1).broken()).isNull();
    }

    @Test
    void a_quotation_mark_that_is_never_closed_ends_the_reading_but_not_what_was_read() {
        var rows = table("date,amount,notes\n2026-03-15,5,fine\n2026-03-16,6,\"oops\n2026-03-17,7,lost\n")
                .rows();

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().broken()).isNull();
        assertThat(rows.get(1).number()).isEqualTo(2);
        assertThat(rows.get(1).broken()).contains("never closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\n",
                "hello\nworld\n",
                "date,amount\n",
                "date,amount\n,\n",
                "day,sum\n2026-03-15,5\n",
                "2026-03-15,5.00,lunch\n",
                "PK\u0003\u0004workbook",
                "%PDF-1.7",
                "\u0000\u0001\u0002",
                "{\"date\": 1, \"amount\": 2}"
            })
    void where_nothing_can_be_read_the_whole_file_is_refused(String text) {
        assertThatThrownBy(() -> table(FileText.of(text.getBytes(UTF_8))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.NOTHING_TO_IMPORT));
    }

    @Test
    void as_many_rows_as_are_taken_at_once_are_taken_and_not_one_more() {
        var most = "date,amount\n" + "2026-03-15,5\n".repeat(FileTable.MOST_ROWS);

        assertThat(table(most).rows()).hasSize(20_000);
        assertThatThrownBy(() -> table(most + "2026-03-15,5\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.REFUSED))
                .hasMessageContaining("20,000");
    }
}
