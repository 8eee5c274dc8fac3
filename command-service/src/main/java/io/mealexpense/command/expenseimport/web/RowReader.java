package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.category.CategoryNames;
import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.command.expense.web.ExpenseContentReader;
import io.mealexpense.command.expense.web.ExpenseRequest.Limits;
import io.mealexpense.command.expenseimport.ImportRow;
import io.mealexpense.edge.json.Text;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import jakarta.validation.Validator;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes sense of the rows of one file for one owner.
 *
 * <ul>
 *   <li>What a file says and nothing of ours has a place for is not lost: an unknown category becomes a tag (or, if it
 *       is too long for one, part of the notes), and a restaurant's address, city, state, postal code and country are a
 *       line of the notes unless the notes contain it.
 *   <li>The earlier tracker exports days and times in UTC. They become the day and the time in the zone of the account,
 *       which is what its screens showed. Exactly midnight UTC is how it kept days without a time, so those stay days.
 *       A moment in UTC in the date column means the same, in the zone that the row names if it names one.
 *   <li>An amount's {@code $} means US dollars, unless the file's currency column names another dollar.
 * </ul>
 */
final class RowReader {

    /** Nothing that is kept is as long; it is told without being looked at. */
    private static final int LONGEST_CELL = 20_000;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    /** Our export puts an apostrophe in front of what a spreadsheet would take for a formula, or for such a guard. */
    private static final Pattern GUARDED = Pattern.compile("(?s)'+[=+\\-@\\t\\r].*");

    /** The currencies whose sign is {@code $}, too. */
    private static final Set<String> DOLLARS = Set.of(
            "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD", "GYD", "HKD", "JMD",
            "KYD", "LRD", "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "UYU", "XCD");

    private static final Map<String, String> ORDER_TYPES = Map.of(
            "take-out", "takeout",
            "take-away", "takeout",
            "takeaway", "takeout",
            "to-go", "takeout",
            "drive-through", "drive-thru");

    /**
     * What a row is recognised by. Neither the names of these columns nor their order may ever change: every file that
     * was imported before would look new. What changes although the expense does not is left out.
     */
    private static final List<Column> FINGERPRINT = List.of(
            Column.DATE,
            Column.TIME,
            Column.TIME_UTC,
            Column.DATETIME_UTC,
            Column.ZONE,
            Column.AMOUNT,
            Column.CURRENCY,
            Column.TAX,
            Column.TIP,
            Column.MEAL_TYPE,
            Column.ORDER_TYPE,
            Column.PARTY_SIZE,
            Column.CATEGORY,
            Column.PLACE,
            Column.PAYEE,
            Column.ADDRESS,
            Column.CITY,
            Column.STATE,
            Column.POSTAL_CODE,
            Column.COUNTRY,
            Column.TAGS,
            Column.PURPOSE,
            Column.ATTENDEES,
            Column.NOTES,
            Column.CREATED_AT);

    private final FileTable table;
    private final Map<String, String> properties;
    private final Currency currency;
    private final ZoneId zone;
    private final CategoryNames.Named categories;
    private final ExpenseContentReader contents;
    private final Validator validator;

    /**
     * @param currency the account's, for amounts of which the file does not say it
     * @param zone the account's
     */
    RowReader(
            FileTable table,
            Currency currency,
            ZoneId zone,
            CategoryNames.Named categories,
            ExpenseContentReader contents,
            Validator validator) {
        this.table = table;
        this.properties = table.properties();
        this.currency = currency;
        this.zone = zone;
        this.categories = categories;
        this.contents = contents;
        this.validator = validator;
    }

    ImportRow read(FileRow row) {
        if (row.broken() != null) {
            return new ImportRow.Unreadable(row.number(), List.of(new FieldError("row", row.broken())));
        }
        var unkeepable = unkeepable(row);
        return unkeepable.isEmpty() ? new Reading(row).read() : new ImportRow.Unreadable(row.number(), unkeepable);
    }

    private List<FieldError> unkeepable(FileRow row) {
        var errors = new ArrayList<FieldError>();
        row.cells().forEach((column, cell) -> {
            if (cell.length() > LONGEST_CELL) {
                errors.add(new FieldError(table.header(column), "has more than %d characters".formatted(LONGEST_CELL)));
            } else if (cell.indexOf(FileText.UNREADABLE) >= 0) {
                errors.add(new FieldError(
                        table.header(column), "has bytes that are no characters in the encoding of the file"));
            } else {
                Text.whyNotStorable(cell).ifPresent(why -> errors.add(new FieldError(table.header(column), why)));
            }
        });
        return errors;
    }

    /** When it was, in the owner's own day and hour. */
    private record When(
            @Nullable LocalDate day,
            @Nullable LocalTime time,
            @Nullable String zone) {}

    /** One row's reading; a cell that could not be read is told and reads as absent. */
    private final class Reading {

        private final FileRow row;
        private final List<FieldError> errors = new ArrayList<>();

        Reading(FileRow row) {
            this.row = row;
        }

        ImportRow read() {
            var request = request(CategoryMatch.of(text(Column.CATEGORY), categories));
            var exportedId = exportedId();
            var content = content(request);
            return errors.isEmpty() && content != null
                    ? new ImportRow.Readable(
                            row.number(),
                            fingerprint(),
                            exportedId,
                            content,
                            exportedId == null ? Set.of() : meanings(content))
                    : new ImportRow.Unreadable(row.number(), List.copyOf(errors));
        }

        /** As read now, with each category that had this name once, and with the tag of a category that was unknown. */
        private Set<ExpenseContent> meanings(ExpenseContent content) {
            var meanings = new HashSet<>(Set.of(content));
            var name = text(Column.CATEGORY);
            if (name != null) {
                Stream.concat(
                                categories.everNamed(name).stream().map(id -> new CategoryMatch(id, null)),
                                Stream.of(new CategoryMatch(null, name)))
                        .map(category -> contents.read(request(category)))
                        .forEach(meanings::add);
            }
            return meanings;
        }

        private RowRequest request(CategoryMatch category) {
            var amount = cell(Column.AMOUNT, cell -> Sum.read(cell, table.fromBank()));
            var when = when();
            var notes = new ArrayList<String>();
            add(notes, text(Column.NOTES));
            add(notes, address(text(Column.NOTES)));
            return new RowRequest(
                    when.day() == null ? null : when.day().toString(),
                    when.time() == null ? null : when.time().toString(),
                    when.zone(),
                    amount == null ? null : amount.amount(),
                    currency(amount),
                    part(Column.TAX),
                    part(Column.TIP),
                    MealGuess.from(row.cell(Column.MEAL_TYPE), when.time(), text(Column.CATEGORY), text(Column.NOTES)),
                    orderType(),
                    cell(Column.PARTY_SIZE, Reading::wholeNumber),
                    category.id() == null ? null : category.id().toString(),
                    place(),
                    tags(category.rest(), notes),
                    text(Column.PURPOSE),
                    list(Column.ATTENDEES),
                    notes.isEmpty() ? null : String.join("\n", notes));
        }

        private @Nullable ExpenseContent content(RowRequest request) {
            var found = new ArrayList<FieldError>();
            for (var violation : validator.validate(request)) {
                found.add(new FieldError(
                        violation.getPropertyPath().iterator().next().getName(), violation.getMessage()));
            }
            ExpenseContent content = null;
            try {
                content = contents.read(request);
            } catch (ProblemException invalid) {
                found.addAll(invalid.errors());
            }
            // a column that could not be read is not told to be missing as well
            var told = new HashSet<>(errors.stream().map(FieldError::field).toList());
            found.stream()
                    .map(this::inTheFile)
                    .filter(error -> told.add(error.field()))
                    .forEach(errors::add);
            return content;
        }

        private <T> @Nullable T cell(Column column, Function<String, T> reader) {
            var cell = row.cell(column);
            if (cell == null) {
                return null;
            }
            try {
                return reader.apply(cell);
            } catch (CellException unreadable) {
                errors.add(new FieldError(table.header(column), String.valueOf(unreadable.getMessage())));
                return null;
            }
        }

        /** Free text; the apostrophe with which our own export guards it is taken off. */
        private @Nullable String text(Column column) {
            var cell = row.cell(column);
            return cell != null && table.ourExport() && GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
        }

        private static void add(List<String> texts, @Nullable String text) {
            if (text != null) {
                texts.add(text);
            }
        }

        private When when() {
            var moment = cell(Column.DATETIME_UTC, Day::moment);
            var day = cell(Column.DATE, Day::read);
            var timeUtc = cell(Column.TIME_UTC, Day::time);
            if (moment == null && day != null && timeUtc != null) {
                moment = day.date().atTime(timeUtc).atOffset(ZoneOffset.UTC);
            }
            if (moment != null) {
                return local(moment, day);
            }
            if (day == null) {
                return new When(null, null, null);
            }
            var time = cell(Column.TIME, Day::time);
            var utc = day.time();
            if (day.utc() && utc != null) {
                return local(day.date().atTime(utc).atOffset(ZoneOffset.UTC), time, row.cell(Column.ZONE));
            }
            return new When(day.date(), time == null ? day.time() : time, row.cell(Column.ZONE));
        }

        private When local(OffsetDateTime moment, @Nullable Day day) {
            var utc = moment.withOffsetSameInstant(ZoneOffset.UTC);
            if (utc.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                return new When(day == null ? utc.toLocalDate() : day.date(), null, null);
            }
            return local(utc, null, null);
        }

        private When local(OffsetDateTime moment, @Nullable LocalTime time, @Nullable String named) {
            var there = named != null && ZoneId.getAvailableZoneIds().contains(named) ? ZoneId.of(named) : zone;
            var local = moment.atZoneSameInstant(there);
            return new When(
                    local.toLocalDate(),
                    time == null ? local.toLocalTime() : time,
                    named == null ? there.getId() : named);
        }

        private String currency(@Nullable Sum amount) {
            var column = row.cell(Column.CURRENCY);
            var own = amount == null ? null : amount.currency();
            if (column == null) {
                return own == null ? currency.getCurrencyCode() : own;
            }
            var code = column.toUpperCase(Locale.ROOT);
            var fits = own == null
                    || own.equals(code)
                    || own.equals("USD") && DOLLARS.contains(code)
                    || own.equals("JPY") && code.equals("CNY");
            if (!fits) {
                errors.add(new FieldError(
                        table.header(Column.AMOUNT),
                        "says %s, but the column %s says otherwise".formatted(own, table.header(Column.CURRENCY))));
            }
            return code;
        }

        private @Nullable String part(Column column) {
            var sum = cell(column, cell -> Sum.read(cell, table.fromBank()));
            return sum == null ? null : sum.amount();
        }

        private @Nullable String orderType() {
            var cell = row.cell(Column.ORDER_TYPE);
            if (cell == null) {
                return null;
            }
            var code = BLANKS.matcher(cell.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .replaceAll("-");
            return ORDER_TYPES.getOrDefault(code, code);
        }

        private static Integer wholeNumber(String cell) {
            if (!WHOLE_NUMBER.matcher(cell).matches()) {
                throw new CellException("is not a whole number");
            }
            return Integer.valueOf(cell);
        }

        private @Nullable String place() {
            var place = text(Column.PLACE);
            return place == null ? text(Column.PAYEE) : place;
        }

        private @Nullable String address(@Nullable String notes) {
            var parts = new StringJoiner(", ");
            Stream.of(Column.ADDRESS, Column.CITY, Column.STATE, Column.POSTAL_CODE, Column.COUNTRY)
                    .map(this::text)
                    .filter(part -> part != null && !contains(notes, part))
                    .forEach(parts::add);
            return parts.length() == 0 ? null : parts.toString();
        }

        private static boolean contains(@Nullable String notes, String part) {
            return notes != null
                    && normal(notes)
                            .toLowerCase(Locale.ROOT)
                            .contains(normal(part).toLowerCase(Locale.ROOT));
        }

        private List<String> tags(@Nullable String unknownCategory, List<String> notes) {
            var tags = list(Column.TAGS);
            var tag = unknownCategory == null
                    ? null
                    : normal(unknownCategory.replace(',', ' ')).strip();
            if (tag != null && !tag.isEmpty() && !tags.contains(tag)) {
                if (tag.length() <= Limits.TAG && tags.size() < Limits.TAGS) {
                    tags.add(tag);
                } else {
                    notes.add(unknownCategory);
                }
            }
            return tags;
        }

        /** Our own export separates by semicolons, every other tool by commas or, where there is none, by semicolons. */
        private List<String> list(Column column) {
            var text = text(column);
            if (text == null) {
                return new ArrayList<>();
            }
            return table.ourExport() || text.indexOf(',') < 0
                    ? ListCell.entries(text)
                    : new ArrayList<>(Stream.of(text.split(","))
                            .map(String::strip)
                            .filter(entry -> !entry.isEmpty())
                            .toList());
        }

        /** Other tools number their rows, too; only our own export's ids mean anything here. */
        private @Nullable UUID exportedId() {
            var cell = row.cell(Column.ID);
            if (cell == null || table.fromBank()) {
                return null;
            }
            if (UUID_FORM.matcher(cell).matches()) {
                return UUID.fromString(cell);
            }
            if (table.ourExport()) {
                errors.add(new FieldError(
                        table.header(Column.ID), "is not an id from an export; a new expense has no id yet"));
            }
            return null;
        }

        private FieldError inTheFile(FieldError error) {
            var bracket = error.field().indexOf('[');
            var property = bracket < 0 ? error.field() : error.field().substring(0, bracket);
            return new FieldError(properties.getOrDefault(property, property), error.message());
        }

        private String fingerprint() {
            var normal = new StringJoiner("\u001f");
            for (var column : FINGERPRINT) {
                var cell = row.cell(column);
                if (cell != null) {
                    normal.add(column + "=" + normal(column, cell));
                }
            }
            return normal.toString();
        }

        private String normal(Column column, String cell) {
            return switch (column) {
                case DATE -> Day.read(cell).iso();
                case AMOUNT, TAX, TIP -> Sum.read(cell, table.fromBank()).text();
                case CURRENCY, MEAL_TYPE, ORDER_TYPE -> normal(cell).toLowerCase(Locale.ROOT);
                default -> normal(cell);
            };
        }

        private static String normal(String cell) {
            return BLANKS.matcher(Normalizer.normalize(cell, Normalizer.Form.NFC))
                    .replaceAll(" ");
        }
    }
}
