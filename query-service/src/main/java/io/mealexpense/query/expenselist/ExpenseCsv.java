package io.mealexpense.query.expenselist;

import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.SpreadsheetText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The export: UTF-8, RFC 4180, one line per expense, readable by the import. The columns are
 * {@code date} (yyyy-MM-dd), {@code time} (HH:mm), {@code zone} (IANA), {@code amount}, {@code currency} (ISO 4217),
 * {@code tax}, {@code tip}, {@code meal_type}, {@code order_type}, {@code party_size}, {@code category_name},
 * {@code place}, {@code tags}, {@code purpose}, {@code attendees}, {@code notes} and {@code id}. What was not given is
 * empty. Amounts are plain decimal numbers in major units; a negative one is money back.
 *
 * <p>Several tags or attendees in one cell are separated by a semicolon and a space. One that contains a semicolon or
 * begins with a quotation mark stands in quotation marks, its own ones doubled: {@code Carol; "Smith; Bob"}.
 *
 * <p>Text that a spreadsheet would take for a formula is guarded ({@link SpreadsheetText}).
 */
final class ExpenseCsv {

    private static final String[] COLUMNS = {
        "date",
        "time",
        "zone",
        "amount",
        "currency",
        "tax",
        "tip",
        "meal_type",
        "order_type",
        "party_size",
        "category_name",
        "place",
        "tags",
        "purpose",
        "attendees",
        "notes",
        "id"
    };
    private static final String SEPARATOR = "; ";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final CSVPrinter printer;

    ExpenseCsv(Appendable out) throws IOException {
        printer = CSVFormat.RFC4180.builder().setHeader(COLUMNS).get().print(out);
    }

    void add(ExpenseRow row, @Nullable String categoryName) {
        try {
            printer.printRecord(
                    row.spentOn(),
                    row.spentAt() == null ? null : TIME.format(row.spentAt()),
                    row.zone(),
                    Total.text(row.amount(), row.currency()),
                    row.currency(),
                    ExpenseItem.text(row.tax(), row.currency()),
                    ExpenseItem.text(row.tip(), row.currency()),
                    row.mealType(),
                    row.orderType(),
                    row.partySize(),
                    text(categoryName),
                    text(row.place()),
                    list(row.tags()),
                    text(row.purpose()),
                    list(row.attendees()),
                    text(row.notes()),
                    row.expenseId());
        } catch (IOException diskFull) {
            throw new UncheckedIOException(diskFull);
        }
    }

    static @Nullable String list(List<String> entries) {
        return text(entries.stream().map(ExpenseCsv::entry).collect(Collectors.joining(SEPARATOR)));
    }

    private static String entry(String text) {
        return text.startsWith("\"") || text.contains(";") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    static @Nullable String text(@Nullable String text) {
        return SpreadsheetText.guarded(text);
    }
}
