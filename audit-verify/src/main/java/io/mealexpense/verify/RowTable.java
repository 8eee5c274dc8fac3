package io.mealexpense.verify;

import io.mealexpense.verify.Column.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a read model with a row for each expense or category, or for each event of one.
 *
 * @param projection who keeps it
 * @param aggregateType of the events that its rows come from
 * @param key column with the aggregate's identifier
 * @param everyVersion whether each event left a row, which holds between two positions
 */
record RowTable(
        String projection, String name, String aggregateType, String key, boolean everyVersion, List<Column> columns) {

    /** The position of the event that left the row, where each did. */
    static final String FROM = "from_position";

    /** The position of the event whose row came next. */
    static final String UNTIL = "until_position";

    private static final String EXPENSE = "MealExpense";
    private static final String CATEGORY = "Category";

    private static final List<Column> EXPENSE_COLUMNS = List.of(
            Column.plain("owner_id"),
            Column.plain("sequence"),
            Column.plain("deleted"),
            Column.plain("spent_on"),
            new Column("spent_at", Kind.TIME),
            Column.plain("zone"),
            new Column("amount", Kind.AMOUNT),
            Column.plain("currency"),
            new Column("tax", Kind.AMOUNT),
            new Column("tip", Kind.AMOUNT),
            Column.plain("meal_type"),
            Column.plain("order_type"),
            Column.plain("party_size"),
            Column.plain("category_id"),
            Column.plain("restaurant_id"),
            new Column("place", Kind.PERSONAL),
            new Column("tags", Kind.PERSONAL_LIST),
            new Column("purpose", Kind.PERSONAL),
            new Column("attendees", Kind.PERSONAL_LIST),
            new Column("notes", Kind.PERSONAL),
            new Column("recorded_at", Kind.MOMENT),
            new Column("amended_at", Kind.MOMENT),
            new Column("deleted_at", Kind.MOMENT));

    private static final List<Column> CATEGORY_COLUMNS = List.of(
            Column.plain("owner_id"),
            Column.plain("sequence"),
            new Column("name", Kind.PERSONAL),
            Column.plain("colour"),
            Column.plain("icon"),
            Column.plain("archived"));

    /** In the order in which they are told of. What a list is searched and sorted by is made of its texts and left out. */
    static final List<RowTable> ALL = List.of(
            new RowTable("expense-list", "expense_list_item", EXPENSE, "expense_id", EXPENSE_COLUMNS),
            new RowTable(
                    "expense-list",
                    "expense_list_category",
                    CATEGORY,
                    "category_id",
                    List.of(Column.plain("owner_id"), Column.plain("sequence"), new Column("name", Kind.PERSONAL))),
            new RowTable(
                    "monthly-report",
                    "monthly_report_line",
                    EXPENSE,
                    "expense_id",
                    List.of(
                            Column.plain("owner_id"),
                            Column.plain("sequence"),
                            Column.plain("deleted"),
                            Column.plain("month"),
                            Column.plain("currency"),
                            new Column("amount", Kind.AMOUNT))),
            new RowTable(
                    "category-spend",
                    "category_spend_line",
                    EXPENSE,
                    "expense_id",
                    List.of(
                            Column.plain("owner_id"),
                            Column.plain("sequence"),
                            Column.plain("deleted"),
                            Column.plain("spent_on"),
                            Column.plain("category_id"),
                            Column.plain("meal_type"),
                            Column.plain("currency"),
                            new Column("amount", Kind.AMOUNT))),
            new RowTable(
                    "category-spend",
                    "category_spend_category",
                    CATEGORY,
                    "category_id",
                    List.of(
                            Column.plain("owner_id"),
                            Column.plain("sequence"),
                            new Column("name", Kind.PERSONAL),
                            Column.plain("colour"),
                            Column.plain("icon"))),
            new RowTable("categories", "category_item", CATEGORY, "category_id", CATEGORY_COLUMNS),
            new RowTable(
                    "expense-versions",
                    "expense_version",
                    EXPENSE,
                    "expense_id",
                    true,
                    and(
                            EXPENSE_COLUMNS,
                            Column.plain("event"),
                            new Column("at", Kind.MOMENT),
                            Column.plain("actor_id"),
                            new Column("reason", Kind.PERSONAL),
                            Column.plain(FROM),
                            Column.plain(UNTIL))),
            new RowTable(
                    "expense-versions",
                    "category_version",
                    CATEGORY,
                    "category_id",
                    true,
                    and(CATEGORY_COLUMNS, Column.plain(FROM), Column.plain(UNTIL))));

    private RowTable(String projection, String name, String aggregateType, String key, List<Column> columns) {
        this(projection, name, aggregateType, key, false, columns);
    }

    private static List<Column> and(List<Column> columns, Column... more) {
        return Stream.concat(columns.stream(), Stream.of(more)).toList();
    }

    /** For an SQL statement where the table is {@code t}: not by what is selected, which is text. */
    String order() {
        return everyVersion ? "t.%s, t.%s".formatted(key, FROM) : "t." + key;
    }
}
