package io.mealexpense.command.expenseimport.web;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file as rows under named columns. Whatever stands before the row that names the columns is passed over; the
 * delimiter is the one under which most columns are understood.
 *
 * @param headers each understood column as the file spells it
 * @param rows without the empty ones, which count nevertheless
 */
record FileTable(Map<Column, String> headers, List<FileRow> rows) {

    static final int MOST_ROWS = 20_000;

    /** Rows among which the one that names the columns is looked for: banks put a few lines of their own first. */
    private static final int FIRST_ROWS = 20;

    private static final char[] DELIMITERS = {',', ';', '\t'};

    /** A bank's list of payments rather than a list of meals. */
    boolean fromBank() {
        return headers.containsKey(Column.PAYEE) || headers.containsKey(Column.EXCLUSION);
    }

    /** Written by our own export. */
    boolean ourExport() {
        return headers.containsKey(Column.ID) && headers.containsKey(Column.ATTENDEES) && !fromBank();
    }

    /**
     * @throws ProblemException 422 if there is nothing in it, if two of its columns mean the same, or if it has more
     *     rows than are taken at once
     */
    static FileTable of(String text) {
        if (text.isBlank()) {
            throw FileText.nothing("The file is empty.");
        }
        Layout best = null;
        for (var delimiter : DELIMITERS) {
            var layout = layout(text, delimiter).orElse(null);
            if (layout != null && (best == null || layout.understood() > best.understood())) {
                best = layout;
            }
        }
        if (best == null) {
            if (text.indexOf('\u0000') >= 0) {
                throw FileText.nothing("This is not a text file.");
            }
            throw FileText.nothing("No row names the columns. One of the first rows must have at least a date and an"
                    + " amount column.");
        }
        if (!best.repeated().isEmpty()) {
            throw FileText.nothing(
                    "Of columns that mean the same only one can be read: %s. Keep one of each and send the file again."
                            .formatted(String.join(", ", best.repeated())));
        }
        var rows = rows(text, best);
        if (rows.isEmpty()) {
            throw FileText.nothing("The file names its columns, but no row follows.");
        }
        return new FileTable(best.headers(), rows);
    }

    /**
     * How the file is to be cut.
     *
     * @param record number of the record that names the columns
     * @param columns what each cell of a record is, nothing where it is not understood
     * @param repeated the first two names of each column that has several
     */
    private record Layout(
            char delimiter,
            long record,
            List<Optional<Column>> columns,
            Map<Column, String> headers,
            List<String> repeated) {

        int understood() {
            return headers.size();
        }
    }

    private static CSVParser parser(String text, char delimiter) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .setTrailingData(true)
                .get()
                .parse(new StringReader(text));
    }

    private static Optional<Layout> layout(String text, char delimiter) {
        try (var parser = parser(text, delimiter)) {
            for (var record : parser) {
                if (record.getRecordNumber() > FIRST_ROWS) {
                    return Optional.empty();
                }
                var layout = layout(record, delimiter);
                if (layout.isPresent()) {
                    return layout;
                }
            }
            return Optional.empty();
        } catch (IOException | UncheckedIOException unclosed) {
            return Optional.empty();
        }
    }

    private static Optional<Layout> layout(CSVRecord record, char delimiter) {
        var columns = record.stream().map(Column::named).toList();
        var headers = new EnumMap<Column, String>(Column.class);
        var repeated = new EnumMap<Column, String>(Column.class);
        for (var i = 0; i < columns.size(); i++) {
            var header = record.get(i).strip();
            columns.get(i).ifPresent(column -> {
                var first = headers.putIfAbsent(column, header);
                if (first != null) {
                    repeated.putIfAbsent(column, "“%s” and “%s”".formatted(first, header));
                }
            });
        }
        var names = headers.containsKey(Column.AMOUNT)
                && (headers.containsKey(Column.DATE) || headers.containsKey(Column.DATETIME_UTC));
        return names
                ? Optional.of(new Layout(
                        delimiter, record.getRecordNumber(), columns, headers, List.copyOf(repeated.values())))
                : Optional.empty();
    }

    private static List<FileRow> rows(String text, Layout layout) {
        var rows = new ArrayList<FileRow>();
        var last = 0;
        try (var parser = parser(text, layout.delimiter())) {
            for (var record : parser) {
                last = (int) (record.getRecordNumber() - layout.record());
                if (last <= 0 || empty(record)) {
                    continue;
                }
                if (rows.size() == MOST_ROWS) {
                    throw new ProblemException(
                            ProblemType.REFUSED,
                            "The file has more than the 20,000 rows that are taken at once. Nothing was recorded; send"
                                    + " it in parts.");
                }
                rows.add(row(last, record, layout.columns()));
            }
        } catch (IOException | UncheckedIOException unclosed) {
            rows.add(FileRow.broken(
                    Math.max(last, 0) + 1,
                    "has a quotation mark that is never closed, so neither it nor anything after it could be read"));
        }
        return rows;
    }

    private static boolean empty(CSVRecord record) {
        return record.stream().allMatch(String::isBlank);
    }

    private static FileRow row(int number, CSVRecord record, List<Optional<Column>> columns) {
        var cells = new EnumMap<Column, String>(Column.class);
        for (var i = 0; i < record.size(); i++) {
            var cell = record.get(i).strip();
            if (cell.isEmpty()) {
                continue;
            }
            if (i >= columns.size()) {
                return FileRow.broken(
                        number,
                        "has %d cells where %d columns are named; text with a delimiter in it needs quotation marks"
                                .formatted(record.size(), columns.size()));
            }
            columns.get(i).ifPresent(column -> cells.putIfAbsent(column, cell));
        }
        return FileRow.of(number, cells);
    }

    /** What whoever wrote the file calls each property of an expense. */
    Map<String, String> properties() {
        var names = new HashMap<String, String>();
        for (var column : Column.values()) {
            var header = headers.get(column);
            if (header != null) {
                column.property().ifPresent(property -> names.putIfAbsent(property, header));
            }
        }
        return names;
    }

    /** How the file spells the column, or how we do if it has none. */
    String header(Column column) {
        var header = headers.get(column);
        return header == null ? column.name().toLowerCase(Locale.ROOT) : header;
    }
}
