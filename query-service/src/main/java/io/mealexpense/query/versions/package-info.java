/** What expenses and categories were at any moment of the past. */
@NullMarked
package io.mealexpense.query.versions;

import org.jspecify.annotations.NullMarked;
