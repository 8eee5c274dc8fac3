/** Categories of expenses. */
@NullMarked
package io.mealexpense.command.category;

import org.jspecify.annotations.NullMarked;
