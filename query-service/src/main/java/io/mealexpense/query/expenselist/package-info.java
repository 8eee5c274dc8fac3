/** Expenses with their whole content: list, single, bin, export, tags and places in use. */
@NullMarked
package io.mealexpense.query.expenselist;

import org.jspecify.annotations.NullMarked;
