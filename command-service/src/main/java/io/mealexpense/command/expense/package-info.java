/** Meal expenses: what may be recorded, amended, deleted and restored. */
@NullMarked
package io.mealexpense.command.expense;

import org.jspecify.annotations.NullMarked;
