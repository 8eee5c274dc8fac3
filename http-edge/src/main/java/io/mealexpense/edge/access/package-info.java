/** Who read what: written down before it is answered. */
@NullMarked
package io.mealexpense.edge.access;

import org.jspecify.annotations.NullMarked;
