/** The limits that figures are held against, measured in the same run. */
@NullMarked
package io.mealexpense.benchmarks.anchor;

import org.jspecify.annotations.NullMarked;
