/** How answers leave. */
@NullMarked
package io.mealexpense.edge.answer;

import org.jspecify.annotations.NullMarked;
