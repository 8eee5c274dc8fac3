/** How strictly JSON is read. */
@NullMarked
package io.mealexpense.edge.json;

import org.jspecify.annotations.NullMarked;
