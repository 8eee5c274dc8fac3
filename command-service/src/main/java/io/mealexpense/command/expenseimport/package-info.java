/** Files of expenses: what each row became, and that the same file again records nothing. */
@NullMarked
package io.mealexpense.command.expenseimport;

import org.jspecify.annotations.NullMarked;
