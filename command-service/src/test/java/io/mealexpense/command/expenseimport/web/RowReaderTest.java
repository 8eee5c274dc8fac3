package io.mealexpense.command.expenseimport.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mealexpense.command.category.CategoryNames;
import io.mealexpense.command.category.DefaultCategories;
import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.command.expense.web.ExpenseContentReader;
import io.mealexpense.command.expenseimport.ImportRow;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.ExpenseEvents;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RowReaderTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    private final List<CategoryEvent> categoryEvents = new ArrayList<>();

    RowReaderTest() {
        for (var created : DefaultCategories.of(ExpenseEvents.ALICE)) {
            var look = created.look();
            categoryEvents.add(new CategoryCreated(
                    created.id().value(), created.ownerId(), look.name(), look.colour(), look.icon()));
        }
    }

    private static UUID category(String name) {
        return DefaultCategories.of(ExpenseEvents.ALICE).stream()
                .filter(it -> it.look().name().equals(name))
                .findFirst()
                .orElseThrow()
                .id()
                .value();
    }

    private List<ImportRow> rows(String text) {
        var table = FileTable.of(text);
        var reader = new RowReader(
                table, EUR, CHICAGO, new CategoryNames.Named(categoryEvents), new ExpenseContentReader(), VALIDATOR);
        return table.rows().stream().map(reader::read).toList();
    }

    private List<ExpenseContent> contents(String text) {
        return rows(text).stream()
                .map(row -> {
                    assertThat(row).isInstanceOf(ImportRow.Readable.class);
                    return ((ImportRow.Readable) row).content();
                })
                .toList();
    }

    private ExpenseContent content(String header, String row) {
        return contents(header + "\n" + row).getFirst();
    }

    private List<FieldError> errors(String header, String row) {
        var read = rows(header + "\n" + row).getFirst();
        assertThat(read).isInstanceOf(ImportRow.Unreadable.class);
        return ((ImportRow.Unreadable) read).errors();
    }

    private static String file(String name) throws IOException {
        try (var file = RowReaderTest.class.getResourceAsStream(name)) {
            return FileText.of(Objects.requireNonNull(file).readAllBytes());
        }
    }

    @Test
    void the_earlier_trackers_thin_files() throws IOException {
        assertThat(contents(file("thin.csv")))
                .extracting(
                        ExpenseContent::spentOn,
                        it -> it.amount().amount().toPlainString(),
                        it -> it.mealType().code(),
                        ExpenseContent::place,
                        ExpenseContent::notes)
                .containsExactly(
                        tuple(
                                LocalDate.of(2023, 10, 31),
                                "18.40",
                                "lunch",
                                "Harbour Grill",
                                "Day number of a spreadsheet\n1 Quay Street"),
                        tuple(LocalDate.of(2025, 9, 5), "9.75", "breakfast", "Morning Glory", "ISO day\n22 Mill Lane"),
                        tuple(
                                LocalDate.of(2025, 9, 7),
                                "31.20",
                                "dinner",
                                "Trattoria Roma",
                                "Month first, then the day\n7 Hill Road"),
                        tuple(
                                LocalDate.of(2025, 12, 25),
                                "42.10",
                                "dinner",
                                "Snow Inn",
                                "Parentheses are money spent\n5 Pine Court"),
                        tuple(
                                LocalDate.of(2026, 1, 1),
                                "-25.00",
                                "lunch",
                                "Office",
                                "A plus is money back\n9 Tower Square"),
                        tuple(LocalDate.of(2026, 1, 2), "-4.50", "lunch", "Office", "So is a minus here"));
    }

    @Test
    void the_earlier_trackers_whole_export() throws IOException {
        var contents = contents(file("full-export.csv"));

        assertThat(contents.getFirst())
                .returns(LocalDate.of(2025, 9, 5), ExpenseContent::spentOn)
                .returns(LocalTime.of(20, 30), ExpenseContent::spentAt)
                .returns("America/Chicago", ExpenseContent::zone)
                .returns("dine-in", it -> Objects.requireNonNull(it.orderType()).code())
                .returns(2, ExpenseContent::partySize)
                .returns(category("Restaurants"), ExpenseContent::categoryId)
                .returns(List.of("family", "treat"), ExpenseContent::tags)
                .returns("Anniversary\n7 Hill Road, Springfield, IL, 62701, US", ExpenseContent::notes);
        assertThat(contents.get(1))
                .returns(LocalDate.of(2025, 9, 7), ExpenseContent::spentOn)
                .returns(null, ExpenseContent::spentAt)
                .returns("late-night", it -> it.mealType().code())
                .returns(
                        "drive-thru",
                        it -> Objects.requireNonNull(it.orderType()).code())
                .returns(category("Fast Food"), ExpenseContent::categoryId);
        assertThat(contents.get(2))
                .returns(LocalDate.of(2025, 9, 8), ExpenseContent::spentOn)
                .returns("Milk, bread\nand eggs", ExpenseContent::notes)
                .returns(null, ExpenseContent::categoryId)
                .returns(List.of("Household"), ExpenseContent::tags);
    }

    @Test
    void a_banks_files() throws IOException {
        assertThat(contents(file("bank.csv")))
                .extracting(
                        it -> it.amount().amount().toPlainString(),
                        it -> it.amount().currency().getCurrencyCode(),
                        it -> it.mealType().code(),
                        ExpenseContent::place,
                        ExpenseContent::categoryId,
                        ExpenseContent::tags)
                .containsExactly(
                        tuple("24.77", "USD", "lunch", "Burger Barn", category("Fast Food"), List.of()),
                        tuple("5.50", "USD", "drinks", "Bean There", category("Drinks"), List.of()),
                        tuple("-76.89", "USD", "lunch", "Company Inc.", null, List.of("Dining & Drinks:Business")),
                        tuple(
                                "41.05",
                                "EUR",
                                "other",
                                "Corner Shop",
                                category("Groceries"),
                                List.of("weekly", "Household")),
                        tuple("-2.40", "EUR", "groceries", "Corner Shop", category("Groceries"), List.of()));
    }

    @Test
    void quicken_simplifis_files() throws IOException {
        assertThat(contents(file("simplifi.csv")))
                .extracting(
                        ExpenseContent::spentOn,
                        it -> it.amount().amount().toPlainString(),
                        it -> it.mealType().code(),
                        ExpenseContent::categoryId)
                .containsExactly(
                        tuple(LocalDate.of(2026, 3, 7), "1048.20", "dinner", category("Restaurants")),
                        tuple(LocalDate.of(2026, 3, 8), "-12.45", "other", null));
    }

    @Test
    void our_own_export() throws IOException {
        var rows = rows(file("own-export.csv"));
        var contents = contents(file("own-export.csv"));

        assertThat(rows)
                .extracting(row -> ((ImportRow.Readable) row).exportedId())
                .containsExactly(
                        UUID.fromString("0199a000-0000-7000-8000-000000000001"),
                        UUID.fromString("0199a000-0000-7000-8000-000000000002"));
        assertThat(contents.getFirst())
                .returns("-12.50", it -> it.amount().amount().toPlainString())
                .returns("-0.82", it -> Objects.requireNonNull(it.tax()).toPlainString())
                .returns(LocalTime.of(12, 30), ExpenseContent::spentAt)
                .returns("Europe/Berlin", ExpenseContent::zone)
                .returns("=SUM Bar", ExpenseContent::place)
                .returns("+1 planning", ExpenseContent::purpose)
                .returns("'-quoted", ExpenseContent::notes)
                .returns(List.of("client", "spring"), ExpenseContent::tags)
                .returns(List.of("Smith, Bob", "Carol"), ExpenseContent::attendees);
        assertThat(contents.get(1))
                .returns("1250", it -> it.amount().amount().toPlainString())
                .returns("'t Hooft", ExpenseContent::place)
                .returns("two\nlines", ExpenseContent::notes);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T02:00:00Z, , 2026-01-04, 20:00, America/Chicago",
        "2026-01-05 02:00 UTC, , 2026-01-04, 20:00, America/Chicago",
        "2026-01-05T02:00:00+00:00, , 2026-01-04, 20:00, America/Chicago",
        "2026-07-05T02:00:00Z, , 2026-07-04, 21:00, America/Chicago",
        "2026-01-05T23:30:00Z, Asia/Tokyo, 2026-01-06, 08:30, Asia/Tokyo",
        "2026-01-05T00:00:00Z, , 2026-01-05, , ",
        "2026-01-05T02:00:00, , 2026-01-05, 02:00, ",
        "2026-01-05T02:00:00-05:00, , 2026-01-05, 02:00, "
    })
    void a_moment_in_utc_becomes_the_owners_day_and_hour(
            String date, String column, LocalDate day, LocalTime time, String zone) {
        assertThat(content("date,zone,amount", date + "," + (column == null ? "" : column) + ",5"))
                .returns(day, ExpenseContent::spentOn)
                .returns(time, ExpenseContent::spentAt)
                .returns(zone, ExpenseContent::zone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "a; b"; c          | a; b           | c
                    "he said ""a; b\""" | he said "a; b" |
                    ""\"quoted""\"; x    | "quoted"       | x
                    '=1+1; -2          | =1+1           | -2
                    "=1; 2"            | =1; 2          |
                    Smith, Bob; Carol  | Smith, Bob     | Carol
                    Bob "B" Smith; x   | Bob "B" Smith  | x
                    "Bob" Smith; x     | "Bob" Smith    | x
                    "never closed; x   | "never closed  | x
                    """)
    void several_in_one_cell_are_told_apart(String cell, String first, String second) {
        var written = '"' + cell.replace("\"", "\"\"") + '"';

        assertThat(content("date,amount,attendees,id", "2026-03-15,5," + written + ",")
                        .attendees())
                .isEqualTo(second == null ? List.of(first) : List.of(first, second));
    }

    @Test
    void bytes_that_belong_to_another_encoding_cost_their_own_row_only() {
        var file = new ByteArrayOutputStream();
        file.writeBytes("date,amount,Place\n2026-03-15,5,Café\n2026-03-16,6,Caf".getBytes(UTF_8));
        file.write(0xE9);
        file.writeBytes("\n2026-03-17,7,Bar\n".getBytes(UTF_8));

        var rows = rows(FileText.of(file.toByteArray()));

        assertThat(((ImportRow.Readable) rows.getFirst()).content().place()).isEqualTo("Café");
        assertThat(((ImportRow.Unreadable) rows.get(1)).errors())
                .containsExactly(
                        new FieldError("Place", "has bytes that are no characters in the encoding of the file"));
        assertThat(((ImportRow.Readable) rows.get(2)).content().place()).isEqualTo("Bar");
    }

    @Test
    void formulas_are_text_like_any_other() {
        assertThat(content("date,amount,place,notes", "2026-03-15,5,=1+1,\"=HYPERLINK(\"\"x\"\")\""))
                .returns("=1+1", ExpenseContent::place)
                .returns("=HYPERLINK(\"x\")", ExpenseContent::notes);
        assertThat(content("date,amount,place", "2026-03-15,5,'=1+1").place()).isEqualTo("'=1+1");
    }

    @ParameterizedTest
    @CsvSource({
        "Groceries, Groceries, ",
        "GROCERIES, Groceries, ",
        "Coffee Shops, Drinks, ",
        "Food:Groceries, Groceries, ",
        "Groceries:Bakery, Groceries, Bakery",
        "Travel:Airport, , Travel:Airport",
        "'Bread, butter', , Bread butter",
        "Snacks & Vending, Snacks & Vending, "
    })
    void a_category_is_found_by_its_name_and_an_unknown_one_becomes_a_tag(String name, String found, String tag) {
        assertThat(content("date,amount,category", "2026-03-15,5,\"" + name + "\""))
                .returns(found == null ? null : category(found), ExpenseContent::categoryId)
                .returns(tag == null ? List.of() : List.of(tag), ExpenseContent::tags);
    }

    @Test
    void a_category_has_the_name_that_its_owner_gave_it() {
        var drinks = category("Drinks");
        var spare = UUID.randomUUID();
        categoryEvents.add(new CategoryAmended(drinks, ExpenseEvents.ALICE, "Cocktails", "#0E7490", "glass"));
        categoryEvents.add(new CategoryCreated(spare, ExpenseEvents.ALICE, "cocktails", "#0E7490", "glass"));

        assertThat(content("date,amount,category", "2026-03-15,5,cocktails").categoryId())
                .isEqualTo(drinks);
        assertThat(content("date,amount,category", "2026-03-15,5,drinks").categoryId())
                .isNull();

        categoryEvents.add(new CategoryArchived(drinks, ExpenseEvents.ALICE));
        assertThat(content("date,amount,category", "2026-03-15,5,cocktails").categoryId())
                .isEqualTo(spare);

        categoryEvents.add(new CategoryArchived(spare, ExpenseEvents.ALICE));
        assertThat(content("date,amount,category", "2026-03-15,5,cocktails").categoryId())
                .isEqualTo(drinks);
    }

    @Test
    void a_category_too_long_for_a_tag_goes_into_the_notes() {
        var name = "x".repeat(51);

        assertThat(content("date,amount,category,notes", "2026-03-15,5," + name + ",first"))
                .returns(List.of(), ExpenseContent::tags)
                .returns("first\n" + name, ExpenseContent::notes);
    }

    @Test
    void an_address_that_the_notes_contain_is_not_repeated() {
        assertThat(content("date,amount,notes,restaurant_address", "2026-03-15,5,At 1 quay  street,1 Quay Street")
                        .notes())
                .isEqualTo("At 1 quay  street");
    }

    @ParameterizedTest
    @CsvSource({"12.50, CAD, CAD", "$12.50, CAD, CAD", "$12.50, usd, USD", "€12.50, EUR, EUR", "¥12, CNY, CNY"})
    void the_currency_column_decides_which_dollar_it_is(String amount, String column, String currency) {
        assertThat(content("date,amount,currency", "2026-03-15," + amount + "," + column)
                        .amount()
                        .currency())
                .hasToString(currency);
    }

    @Test
    void two_currencies_for_one_amount_are_told() {
        assertThat(errors("date,amount,currency", "2026-03-15,€5,USD"))
                .containsExactly(new FieldError("amount", "says EUR, but the column currency says otherwise"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date,Amount             | 2026-02-30,5          | date        | is not a day of the calendar
                    Posted On,payee,amount  | yesterday,Bob,5       | Posted On   | is not a day of the calendar
                    date,Amount             | ,5                    | date        | is required
                    date,Amount             | 2026-03-15,           | Amount      | is required
                    date,Amount             | 2026-03-15,0.00       | Amount      | must not be zero
                    date,Amount             | 2026-03-15,1E+1000000 | Amount      | is not an amount
                    date,Amount             | 2026-03-15,12.505     | Amount      | has more than the 2 decimals of EUR
                    date,Amount             | 1969-12-31,5          | date        | is before 1970
                    date,amount,Currency    | 2026-03-15,5,XAU      | Currency    | is not the code
                    date,amount,Meal Type   | 2026-03-15,5,elevenses| Meal Type   | is none of breakfast
                    date,amount,order_type  | 2026-03-15,5,by post  | order_type  | is none of dine-in
                    date,amount,party_size  | 2026-03-15,5,two      | party_size  | is not a whole number
                    date,amount,party_size  | 2026-03-15,5,1001     | party_size  | must be at most
                    date,time,amount        | 2026-03-15,noon,5     | time        | is not a time of day
                    date,zone,amount        | 2026-03-15,Nowhere,5  | zone        | is not a known time zone
                    date,amount,tip         | 2026-03-15,5,6        | tip         | together with tax is more than
                    datetime_utc,amount     | soon,5                | datetime_utc| is not a moment
                    """)
    void a_row_that_cannot_be_taken_says_which_column_and_why(String header, String row, String field, String why) {
        assertThat(errors(header, row)).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo(field);
            assertThat(error.message()).startsWith(why);
        });
    }

    @Test
    void everything_wrong_with_a_row_is_told_at_once() {
        assertThat(errors("date,amount,meal_type,place", "nope,free,elevenses," + "x".repeat(201)))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("date", "amount", "meal_type", "place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes", "place", "category", "tags", "amount", "date"})
    void a_cell_of_a_megabyte_is_refused_without_being_repeated(String column) {
        var header = "date,amount,place,category,tags,notes";
        var cells = List.of(header.split(",")).stream()
                .map(it -> it.equals(column) ? "9".repeat(1_000_000) : it.equals("date") ? "2026-03-15" : "5")
                .toList();

        assertThat(errors(header, String.join(",", cells))).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo(column);
            assertThat(error.message()).hasSizeLessThan(200);
        });
    }

    @Test
    void text_too_long_for_its_field_is_refused() {
        assertThat(errors("date,amount,notes", "2026-03-15,5," + "x".repeat(4001)))
                .extracting(FieldError::field)
                .containsExactly("notes");
        assertThat(errors("date,amount,tags", "2026-03-15,5," + "x".repeat(51)))
                .extracting(FieldError::field)
                .containsExactly("tags");
    }

    @Test
    void a_nul_character_is_refused() {
        assertThat(errors("date,amount,Notes", "2026-03-15,5,a\u0000b"))
                .containsExactly(new FieldError("Notes", "contains a NUL character"));
    }

    @Test
    void one_bad_row_leaves_its_neighbours_alone() {
        assertThat(rows("date,amount\n2026-03-15,1\n2026-02-30,2\n2026-03-17,3\n"))
                .extracting(row -> row instanceof ImportRow.Readable)
                .containsExactly(true, false, true);
    }

    @Test
    void an_id_that_is_none_of_ours_is_told_in_our_own_export_only() {
        assertThat(errors("date,amount,attendees,id", "2026-03-15,5,Bob,17"))
                .extracting(FieldError::field)
                .containsExactly("id");
        assertThat(content("date,amount,id", "2026-03-15,5,17").place()).isNull();
    }

    @Test
    void a_row_is_recognised_however_it_is_written() {
        var iso = rows("date,amount,place\n2026-03-07,1234.50,Corner  Deli").getFirst();
        var other =
                rows("Place;Date;Amount;what\nCorner Deli;7-Mar-26;1.234,50;x").getFirst();

        assertThat(((ImportRow.Readable) iso).fingerprint())
                .isEqualTo("DATE=2026-03-07\u001fAMOUNT=1234.5\u001fPLACE=Corner Deli")
                .isEqualTo(((ImportRow.Readable) other).fingerprint());
    }

    @Test
    void the_fingerprint_of_the_whole_export_never_changes() throws IOException {
        assertThat(((ImportRow.Readable) rows(file("full-export.csv")).getFirst())
                        .fingerprint()
                        .split("\u001f"))
                .containsExactly(
                        "DATE=2025-09-06",
                        "TIME_UTC=01:30:00",
                        "DATETIME_UTC=2025-09-06T01:30:00+00:00",
                        "AMOUNT=54.3",
                        "MEAL_TYPE=dinner",
                        "ORDER_TYPE=dine_in",
                        "PARTY_SIZE=2",
                        "CATEGORY=Restaurants",
                        "PLACE=Trattoria Roma",
                        "ADDRESS=7 Hill Road",
                        "CITY=Springfield",
                        "STATE=IL",
                        "POSTAL_CODE=62701",
                        "COUNTRY=US",
                        "TAGS=family, treat",
                        "NOTES=Anniversary",
                        "CREATED_AT=2025-09-06T01:31:12.123456+00:00");
    }
}
