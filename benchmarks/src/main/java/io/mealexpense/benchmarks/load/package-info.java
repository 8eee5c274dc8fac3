/** A cheap client for many connections, in a process of its own: its CPU is nobody's figure. */
@NullMarked
package io.mealexpense.benchmarks.load;

import org.jspecify.annotations.NullMarked;
