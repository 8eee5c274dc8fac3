/** What both services do to a request before it means anything to the business. */
@NullMarked
package io.mealexpense.edge;

import org.jspecify.annotations.NullMarked;
