/** An expense as every read model that keeps it whole folds it, finds it by text, and shows it. */
@NullMarked
package io.mealexpense.query.expense;

import org.jspecify.annotations.NullMarked;
