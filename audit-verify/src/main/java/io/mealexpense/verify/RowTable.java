package io.mealexpense.verify;

import io.mealexpense.verify.Column.Kind;
import java.util.List;

/**
 * A table of a read model with a row for each expense or category.
 *
 * @param projection who keeps it
 * @param aggregateType of the events that its rows come from
 * @param key column with the aggregate's identifier
 */
record RowTable(String projection, String name, String aggregateType, String key, List<Column> columns) {

    private static final String EXPENSE = "MealExpense";
    private static final String CATEGORY = "Category";

    /** In the order in which they are told of. What a list is searched and sorted by is made of its texts and left out. */
    static final List<RowTable> ALL = List.of(
            new RowTable(
                    "expense-list",
                    "expense_list_item",
                    EXPENSE,
                    "expense_id",
                    List.of(
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
                            new Column("deleted_at", Kind.MOMENT))),
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
            new RowTable(
                    "categories",
                    "category_item",
                    CATEGORY,
                    "category_id",
                    List.of(
                            Column.plain("owner_id"),
                            Column.plain("sequence"),
                            new Column("name", Kind.PERSONAL),
                            Column.plain("colour"),
                            Column.plain("icon"),
                            Column.plain("archived"))));
}
