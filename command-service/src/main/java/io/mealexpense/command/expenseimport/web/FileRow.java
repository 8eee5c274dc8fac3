package io.mealexpense.command.expenseimport.web;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one row, without blanks around them; empty cells are absent.
 *
 * @param number 1 is the first row of data
 * @param broken why the row could not be told from its neighbours, for whoever wrote the file
 */
record FileRow(
        int number, Map<Column, String> cells, @Nullable String broken) {

    static FileRow of(int number, Map<Column, String> cells) {
        return new FileRow(number, cells, null);
    }

    static FileRow broken(int number, String why) {
        return new FileRow(number, new EnumMap<>(Column.class), why);
    }

    @Nullable
    String cell(Column column) {
        return cells.get(column);
    }
}
