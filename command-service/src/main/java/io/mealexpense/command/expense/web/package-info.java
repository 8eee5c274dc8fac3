/** Meal expenses by HTTP. */
@NullMarked
package io.mealexpense.command.expense.web;

import org.jspecify.annotations.NullMarked;
