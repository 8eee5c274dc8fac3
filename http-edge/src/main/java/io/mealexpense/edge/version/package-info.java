/** Versions of aggregates and positions of the log, as headers. */
@NullMarked
package io.mealexpense.edge.version;

import org.jspecify.annotations.NullMarked;
