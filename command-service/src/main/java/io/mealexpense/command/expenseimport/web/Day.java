package io.mealexpense.command.expenseimport.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A day as files write it: {@code 2026-03-15}, {@code 3/15/2026} (month first), {@code 15-Mar-26}, {@code 15.3.2026} or
 * the day number of a spreadsheet.
 *
 * @param time where the same cell tells one other than midnight, which spreadsheets add to every day
 * @param utc whether the cell says that it means UTC; any other offset goes with the clock on the wall there
 */
record Day(LocalDate date, @Nullable LocalTime time, boolean utc) {

    private static final int LONGEST = 40;
    private static final String TIME = "(?:[T ]+(?<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?"
            + "(?: ?[AaPp][Mm])?) ?(?<offset>Z|UTC|[-+][0-9]{2}:?[0-9]{2})?)?";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?<y>[0-9]{4})[-/](?<m>[0-9]{1,2})[-/](?<d>[0-9]{1,2})" + TIME),
            Pattern.compile("(?<m>[0-9]{1,2})/(?<d>[0-9]{1,2})/(?<y>[0-9]{4}|[0-9]{2})" + TIME),
            Pattern.compile("(?<d>[0-9]{1,2})[- ](?<m>[A-Za-z]{3,9})[- ](?<y>[0-9]{4}|[0-9]{2})" + TIME),
            Pattern.compile("(?<d>[0-9]{1,2})\\.(?<m>[0-9]{1,2})\\.(?<y>[0-9]{4})" + TIME));
    private static final Pattern UTC = Pattern.compile("Z|UTC|[-+]00:?00");
    private static final Pattern CLOCK = Pattern.compile(
            "(?<h>[0-9]{1,2}):(?<m>[0-9]{2})(?::(?<s>[0-9]{2})(?:\\.[0-9]{1,9})?)?(?: ?(?<half>[AaPp])[Mm])?");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    /** Day 0 of spreadsheets that count from 1900 and think that 1900 was a leap year, which is right from March on. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private static final Pattern DAY_NUMBER = Pattern.compile("(?<day>[0-9]{5})(?:\\.(?<part>[0-9]{1,15}))?");

    /** 1970-01-01 and 2099-12-31: what lies outside is a number that got into the wrong column. */
    private static final int FIRST_NUMBER = 25_569;

    private static final int LAST_NUMBER = 73_050;

    /** Two digits of a year mean the hundred years from here on. */
    private static final int FIRST_SHORT_YEAR = 1970;

    /**
     * @throws CellException if it is no day of the calendar
     */
    static Day read(String cell) {
        if (cell.length() <= LONGEST) {
            var number = DAY_NUMBER.matcher(cell);
            if (number.matches()) {
                return numbered(number);
            }
            for (var form : FORMS) {
                var matcher = form.matcher(cell);
                if (matcher.matches()) {
                    return day(matcher);
                }
            }
        }
        throw notADay();
    }

    /** The day, and the time if there is one, in ISO 8601, as written: never in another zone. */
    String iso() {
        return time == null ? date.toString() : date.atTime(time).toString();
    }

    private static Day numbered(Matcher number) {
        var day = Integer.parseInt(number.group("day"));
        if (day < FIRST_NUMBER || day > LAST_NUMBER) {
            throw new CellException("is not the number of a day between 1970 and 2099");
        }
        var part = number.group("part");
        var minutes = part == null ? 0 : Math.round(Double.parseDouble("0." + part) * 24 * 60) % (24 * 60);
        var time = LocalTime.ofSecondOfDay(minutes * 60);
        return new Day(DAY_ZERO.plusDays(day), minutes == 0 ? null : time, false);
    }

    private static Day day(Matcher form) {
        try {
            var date = LocalDate.of(year(form.group("y")), month(form.group("m")), Integer.parseInt(form.group("d")));
            var clock = form.group("time");
            var time = clock == null ? LocalTime.MIDNIGHT : time(clock);
            var offset = form.group("offset");
            return new Day(
                    date,
                    time.equals(LocalTime.MIDNIGHT) ? null : time,
                    offset != null && UTC.matcher(offset).matches());
        } catch (DateTimeException notADay) {
            throw notADay();
        }
    }

    private static int year(String digits) {
        var year = Integer.parseInt(digits);
        return digits.length() == 4 ? year : FIRST_SHORT_YEAR + Math.floorMod(year - FIRST_SHORT_YEAR, 100);
    }

    private static int month(String text) {
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        var name = text.toLowerCase(Locale.ROOT);
        return IntStream.range(0, MONTHS.size())
                        .filter(i -> MONTHS.get(i).startsWith(name))
                        .findFirst()
                        .orElseThrow(Day::notADay)
                + 1;
    }

    /**
     * Reads a time of day, to the minute.
     *
     * @throws CellException if it is none
     */
    static LocalTime time(String cell) {
        var clock = cell.length() <= LONGEST ? CLOCK.matcher(cell) : null;
        if (clock == null || !clock.matches()) {
            throw notATime();
        }
        var hour = Integer.parseInt(clock.group("h"));
        var half = clock.group("half");
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw notATime();
            }
            hour = hour % 12 + ("p".equalsIgnoreCase(half) ? 12 : 0);
        }
        var second = clock.group("s") == null ? 0 : Integer.parseInt(clock.group("s"));
        try {
            return LocalTime.of(hour, Integer.parseInt(clock.group("m")), second)
                    .truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeException notATime) {
            throw notATime();
        }
    }

    /**
     * Reads a moment; without an offset it is meant in UTC.
     *
     * @throws CellException if it is none
     */
    static OffsetDateTime moment(String cell) {
        var form = cell.length() <= LONGEST ? FORMS.getFirst().matcher(cell) : null;
        if (form == null || !form.matches()) {
            throw new CellException("is not a moment such as 2026-03-15T12:30:00+00:00");
        }
        var day = day(form);
        var offset = form.group("offset");
        try {
            return LocalDateTime.of(day.date(), day.time() == null ? LocalTime.MIDNIGHT : day.time())
                    .atOffset(offset == null || "UTC".equals(offset) ? ZoneOffset.UTC : ZoneOffset.of(offset));
        } catch (DateTimeException impossibleOffset) {
            throw new CellException("is not a moment such as 2026-03-15T12:30:00+00:00");
        }
    }

    private static CellException notADay() {
        return new CellException("is not a day of the calendar, such as 2026-03-15 or 3/15/2026");
    }

    private static CellException notATime() {
        return new CellException("is not a time of day, such as 12:30");
    }
}
