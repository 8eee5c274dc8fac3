/** Tells whether the log is what was sealed, with a role that can only read. */
@NullMarked
package io.mealexpense.verify;

import org.jspecify.annotations.NullMarked;
