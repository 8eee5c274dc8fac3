package io.mealexpense.command.expenseimport.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DayTest {

    @ParameterizedTest
    @CsvSource({
        "2025-09-05, 2025-09-05",
        "2025/9/5, 2025-09-05",
        "2025-09-05T00:00:00, 2025-09-05",
        "2025-09-05 19:05:59, 2025-09-05T19:05",
        "9/7/2025, 2025-09-07",
        "09/07/25, 2025-09-07",
        "12/31/2025, 2025-12-31",
        "9/7/2025 7:30 PM, 2025-09-07T19:30",
        "7-Mar-26, 2026-03-07",
        "07-MAR-2026, 2026-03-07",
        "7 March 2026, 2026-03-07",
        "1-Jan-70, 1970-01-01",
        "31-Dec-69, 2069-12-31",
        "7.3.2026, 2026-03-07",
        "45230, 2023-10-31",
        "44927, 2023-01-01",
        "45230.5, 2023-10-31T12:00",
        "25569, 1970-01-01",
        "73050, 2099-12-31",
        "2024-02-29, 2024-02-29"
    })
    void a_day_is_written_in_many_ways(String cell, String day) {
        assertThat(Day.read(cell).iso()).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "2025-02-29",
                "13/13/2025",
                "31/12/2025",
                "7-Foo-26",
                "30-Feb-26",
                "yesterday",
                "25568",
                "73051",
                "4523",
                "452300",
                "20250905",
                "2025-09-05T25:00",
                "-45230",
                "2025-9",
                "99999999999999999999-01-01"
            })
    void what_is_no_day_is_told(String cell) {
        assertThatThrownBy(() -> Day.read(cell)).isInstanceOf(CellException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "12:30, 12:30",
        "9:05, 09:05",
        "19:30:59.123, 19:30",
        "12:00 AM, 00:00",
        "12:15pm, 12:15",
        "1:00 PM, 13:00"
    })
    void a_time_is_read_to_the_minute(String cell, String time) {
        assertThat(Day.time(cell)).hasToString(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00", "12:60", "13:00 PM", "0:30 AM", "noon", "12", "0.5"})
    void what_is_no_time_is_told(String cell) {
        assertThatThrownBy(() -> Day.time(cell)).isInstanceOf(CellException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-09-06T01:30:00+00:00, 2025-09-06T01:30Z",
        "2025-09-06 01:30:00.123456+00:00, 2025-09-06T01:30Z",
        "2025-09-06T01:30:00Z, 2025-09-06T01:30Z",
        "2025-09-06T01:30:00, 2025-09-06T01:30Z",
        "2025-09-06T01:30:00-0500, 2025-09-06T01:30-05:00"
    })
    void a_moment_is_utc_unless_it_says_otherwise(String cell, String moment) {
        assertThat(Day.moment(cell)).hasToString(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9/6/2025 01:30", "now", "2025-13-06T01:30:00Z", "2025-09-06T01:30:00+99:00"})
    void what_is_no_moment_is_told(String cell) {
        assertThatThrownBy(() -> Day.moment(cell)).isInstanceOf(CellException.class);
    }
}
