/** How far the read models have come. */
@NullMarked
package io.mealexpense.query.projections;

import org.jspecify.annotations.NullMarked;
