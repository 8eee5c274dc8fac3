/** Where the money goes: by category, and by any grouping. */
@NullMarked
package io.mealexpense.query.categoryspend;

import org.jspecify.annotations.NullMarked;
