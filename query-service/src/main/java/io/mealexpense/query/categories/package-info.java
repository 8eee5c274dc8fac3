/** The categories of the members. */
@NullMarked
package io.mealexpense.query.categories;

import org.jspecify.annotations.NullMarked;
