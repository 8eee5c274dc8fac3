/** Who asks, and whether they may. */
@NullMarked
package io.mealexpense.edge.security;

import org.jspecify.annotations.NullMarked;
