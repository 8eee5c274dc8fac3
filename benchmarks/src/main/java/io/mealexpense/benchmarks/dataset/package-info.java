/** A made-up history, the same bytes for the same seed, and how it gets into the log. */
@NullMarked
package io.mealexpense.benchmarks.dataset;

import org.jspecify.annotations.NullMarked;
