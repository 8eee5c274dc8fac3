/** The leaf of a stored event: which of its columns are sealed, and how. */
@NullMarked
package io.mealexpense.merkle.event;

import org.jspecify.annotations.NullMarked;
