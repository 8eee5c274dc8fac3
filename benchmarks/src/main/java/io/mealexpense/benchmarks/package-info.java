/** Measures the product against limits taken in the same run; started by {@code ./benchmarks/run}. */
@NullMarked
package io.mealexpense.benchmarks;

import org.jspecify.annotations.NullMarked;
